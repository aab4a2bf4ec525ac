import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { shownPath } from "../../../schema/config-files";
import { paint } from "../../lib/terminal";
import { ToolError } from "../../lib/tool-error";
import { isEdited, readRecord, recordFile } from "./record";

/** What happens to a file of the configuration folder. `kept` is a file that `npm run init` did not write. */
export type Change = "new" | "replaced" | "unchanged" | "removed" | "kept";

export interface FileChange {
  /** From the configuration folder. */
  readonly path: string;
  readonly change: Change;
  /** Whether the change would lose what a user wrote. */
  readonly losesEdits: boolean;
}

/**
 * What writing the files changes in a folder, sorted by path. Files of the former record that are not written are removed.
 *
 * @throws ToolError when something else is where a file or its folder is to be
 */
export function changesIn(folder: string, files: ReadonlyMap<string, string>): readonly FileChange[] {
  const record = readRecord(folder);
  for (const path of files.keys()) requireRoom(folder, path);
  const existing = new Map(pathsIn(folder).map((path) => [path, textOf(join(folder, path))]));
  return [...new Set([...existing.keys(), ...files.keys()])].sort().map((path) => {
    const [before, after] = [existing.get(path), files.get(path)];
    if (before === undefined) return { path, change: "new", losesEdits: false };
    if (before === after) return { path, change: "unchanged", losesEdits: false };
    if (after === undefined && !record.has(path)) return { path, change: "kept", losesEdits: false };
    const change = after === undefined ? "removed" : "replaced";
    return { path, change, losesEdits: isEdited(record, path, before) };
  });
}

/**
 * Refuses changes that would lose what a user wrote.
 *
 * @param folder as it is named to the user
 * @throws ToolError that names the files
 */
export function requireNoLoss(folder: string, changes: readonly FileChange[]): void {
  const lost = changes.filter(({ losesEdits }) => losesEdits);
  if (lost.length === 0) return;
  throw new ToolError(
    [
      "Nothing was written, because these files were edited, or not written by npm run init:",
      ...lost.map(({ path, change }) => `  ${folder}/${path} would be ${change}`),
      "Commit or move them, and run the command again with --force.",
    ].join("\n"),
  );
}

const colours = { new: "green", replaced: "yellow", unchanged: "dim", removed: "red", kept: "dim" } as const;

/** The changes as a tree of folders and files. */
export function changeTree(folder: string, changes: readonly FileChange[]): readonly string[] {
  const lines = [`${folder}/`];
  let parents: readonly string[] = [];
  const width = Math.max(
    ...changes.map(({ path }) => 2 * path.split("/").length + (path.split("/").at(-1) ?? "").length),
  );
  for (const { path, change, losesEdits } of changes) {
    const [folders, name] = [path.split("/").slice(0, -1), path.split("/").at(-1) ?? ""];
    folders.forEach((each, depth) => {
      if (folders.slice(0, depth + 1).join("/") === parents.slice(0, depth + 1).join("/")) return;
      lines.push(`${"  ".repeat(depth + 1)}${each}/`);
    });
    parents = folders;
    const indented = `${"  ".repeat(folders.length + 1)}${name}`;
    lines.push(
      `${indented.padEnd(width)}  ${paint(colours[change], losesEdits ? `${change}, with your edits` : change)}`,
    );
  }
  return lines;
}

/** @throws ToolError when a folder is at the path of a file, or anything else at the path of its folder */
function requireRoom(folder: string, path: string): void {
  const isFolder = (at: string) => lstatSync(join(folder, at), { throwIfNoEntry: false })?.isDirectory();
  const refuse = (at: string, problem: string) => {
    throw new ToolError(`${shownPath(join(folder, at))} ${problem}; move or remove it`);
  };
  const parents = path.split("/").map((_, index, parts) => parts.slice(0, index).join("/"));
  for (const parent of parents.slice(1)) {
    if (isFolder(parent) === false) refuse(parent, "is a file or a symbolic link, and must be a folder");
  }
  if (isFolder(path) === true) refuse(path, "is a folder, and must be a file");
}

/** The content of a file. A symbolic link to nothing, or to a folder, has none. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** Paths of all files below a folder, without the record. */
function pathsIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, sep).length).split(sep).join("/"))
    .filter((path) => path !== recordFile);
}
