import { accessSync, constants, existsSync, lstatSync, readdirSync, realpathSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { isNativeError } from "node:util/types";
import { configFiles, shownPath } from "../../../schema/config-files";
import { configFolder, projectFolder } from "../../lib/project";
import { ToolError } from "../../lib/tool-error";
import { recordFile } from "./record";

/** Folders that other tools write, and delete. */
const foldersOfTools: ReadonlyMap<string, string> = new Map([
  [".git", "Git"],
  ["node_modules", "npm"],
  ["cdktf.out", "CDKTF"],
]);

/**
 * The folder to write, without symbolic links in its path. It may be new, and can import the schema of the project.
 *
 * @param config relative to the working directory
 * @param project root folder of the project. @default - this project
 * @throws ToolError for a folder that cannot be one of stage and account files
 */
export function folderToWrite(config: string, project: string = projectFolder): string {
  const refuse = (problem: string, remedy = "name a new folder of this project, such as config"): never => {
    const name = config === configFolder ? shownPath(config) : config;
    throw new ToolError(`--config "${name}" ${problem}; ${remedy}`);
  };
  const given = resolve(config);
  const existing = deepestEntry(given);
  const real = realPath(existing);
  if (real === undefined) {
    return refuse(`follows the symbolic link ${shownPath(existing)} to nothing`, "correct the link, or remove it");
  }
  if (!statSync(real).isDirectory()) {
    return refuse(`is ${existing === given ? "a file" : `below ${shownPath(existing)}, which is a file`}`);
  }
  const folder = join(real, relative(existing, given));
  const root = realpathSync(project);
  if (!folder.startsWith(`${root}${sep}`))
    return refuse("must be a folder in this project, as its files import #schema");

  const parts = relative(root, folder).split(sep);
  for (const part of parts) {
    const tool = foldersOfTools.get(part);
    if (tool !== undefined) refuse(`is in a folder of ${tool}, which may delete it`);
  }
  const parents = parts.map((_, index) => parts.slice(0, index + 1).join("/"));
  const foreign = parents.find((parent) => existsSync(join(root, parent, "package.json")));
  if (foreign !== undefined) refuse(`is in the package ${foreign}/, whose files cannot import #schema`);
  const outer = parents.slice(0, -1).find((parent) => parent === "config" || isRecorded(join(root, parent)));
  if (outer !== undefined) refuse(`is in ${outer}/, which is a folder of stage and account files itself`);

  requireAccess(real, constants.R_OK | constants.X_OK, "read", refuse);
  requireAccess(real === folder ? dirname(folder) : real, constants.W_OK, "changed", refuse);
  if (parts.join("/") === "config" || isRecorded(folder)) return folder;
  const other = otherFile(folder);
  return other === undefined ? folder : refuse(`contains ${other}, and no stage file`);
}

/** The path itself, or the deepest folder of it that exists; a symbolic link exists, whatever it leads to. */
function deepestEntry(path: string): string {
  const isThere = (entry: string) => {
    try {
      return lstatSync(entry, { throwIfNoEntry: false }) !== undefined;
    } catch {
      // Below a file, or below a folder that this user cannot search.
      return false;
    }
  };
  return isThere(path) || dirname(path) === path ? path : deepestEntry(dirname(path));
}

/** Undefined for a symbolic link that leads to nothing, or to itself. */
function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function isRecorded(folder: string): boolean {
  return existsSync(join(folder, recordFile));
}

/** A file or folder that is not hidden, in a folder without stage and account files. */
function otherFile(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  const { stages, accounts } = configFiles(folder);
  if (stages.length + accounts.length > 0) return undefined;
  return readdirSync(folder).find((name) => !name.startsWith("."));
}

function requireAccess(folder: string, mode: number, verb: string, refuse: (problem: string, remedy: string) => never) {
  try {
    accessSync(folder, mode);
  } catch {
    refuse(`needs ${shownPath(folder)}, which cannot be ${verb}`, "correct its permissions, or name another folder");
  }
}

/**
 * Explains an error of the file system, such as one of permissions, in work that precedes the change of the folder.
 *
 * @throws ToolError for an error of the file system
 */
export function explained<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(isNativeError(error) && "code" in error)) throw error;
    const remedy = "correct the permissions, or name another folder with --config";
    throw new ToolError(`Nothing was written, because of ${error.message}; ${remedy}`);
  }
}
