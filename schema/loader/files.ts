import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, sep } from "node:path";
import type { Problem } from "../problems";

/** What a team edits: stage files, their defaults, and accounts. */
export const configFolder = join(__dirname, "..", "..", "config");

/** A file and what it exports by default, or why there is nothing to look at. */
interface Exported {
  /** The file as a person names it, such as `config/dev/dev02/us-east-1-dev02.ts`. */
  readonly file: string;
  readonly input: unknown;
  readonly problems: readonly Problem[];
}

/** Files `<folder>/<subfolder>/<name>.ts` below `directory`, in their order, of the folders that are wanted. */
export function configFiles(directory: string, isWanted: (folder: string) => boolean): string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && path.split(sep).length === 3 && isWanted(path.split(sep)[0] ?? ""))
    .sort();
}

/**
 * What a file exports by default.
 *
 * @param path its path below `directory`
 * @param define function by which such a file describes something
 */
export function exportOf(directory: string, path: string, define: string): Exported {
  const file = ["config", ...path.split(sep)].join("/");
  const field = "default export";
  try {
    const input = defaultExport(createRequire(__filename)(join(directory, path)));
    const message = `is missing; write export default ${define}({ ... })`;
    return { file, input, problems: input === undefined ? [{ file, field, value: input, message }] : [] };
  } catch (error) {
    const value = error instanceof Error ? error.message : String(error);
    return { file, input: undefined, problems: [{ file, field, value, message: "cannot be loaded; mend the file" }] };
  }
}

function defaultExport(module: unknown): unknown {
  return typeof module === "object" && module !== null && "default" in module ? module.default : undefined;
}

/** What the path says otherwise than the content: a person finds the file of a stack by it, and the stack of a file. */
export function disagreements(file: string, input: unknown, path: Readonly<Record<string, string>>): Problem[] {
  return Object.entries(path).flatMap(([field, expected]) => {
    const value: unknown = typeof input === "object" && input !== null ? Reflect.get(input, field) : undefined;
    if (value === undefined || value === expected) return [];
    const message = `does not agree with the file's path; write "${expected}" or move the file`;
    return [{ file, field, value, message }];
  });
}
