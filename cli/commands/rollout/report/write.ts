import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { ToolError } from "../../../lib/tool-error";

/**
 * Writes a report, in folders that need not exist.
 *
 * @throws ToolError when the file cannot be written
 */
export function writeReport(option: string, file: string, content: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ToolError(`${option} ${file} cannot be written; name a file in a folder that can (${reason})`);
  }
}
