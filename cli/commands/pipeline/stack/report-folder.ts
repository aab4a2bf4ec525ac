import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../../lib/toolchain/project";

/** Where the jobs of a stack leave what others read; a job's artifact. */
export function reportFolder(stack: string): string {
  const folder = join(projectFolder, "pipeline", stack);
  mkdirSync(folder, { recursive: true });
  return folder;
}
