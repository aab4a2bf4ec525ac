import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, resolve } from "node:path";

/** The absolute path of a program as a shell would find it, or undefined. */
export function findProgram(name: string, searchPath: string | undefined = process.env.PATH): string | undefined {
  const isPath = isAbsolute(name) || name.includes("/");
  const candidates = isPath
    ? [resolve(name)]
    : (searchPath ?? "").split(delimiter).map((folder) => resolve(folder, name));
  return candidates.find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
