import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { shownPath } from "../../../schema/config-files";
import { ToolError } from "../../lib/tool-error";

/** File in the configuration folder with the SHA-256 of every file that `npm run init` wrote into it. */
export const recordFile = ".init.json";

const recordShape = z.strictObject({ files: z.record(z.string(), z.string()) });

/** SHA-256 of the files that `npm run init` wrote, by their path in the configuration folder. */
export type FileRecord = ReadonlyMap<string, string>;

/**
 * Reads the record of a configuration folder; it is empty when `npm run init` never wrote there.
 *
 * @throws ToolError when the record cannot be read
 */
export function readRecord(folder: string): FileRecord {
  const file = join(folder, recordFile);
  if (!existsSync(file)) return new Map();
  try {
    return new Map(Object.entries(recordShape.parse(JSON.parse(readFileSync(file, "utf8"))).files));
  } catch {
    throw new ToolError(
      `${shownPath(file)} is not a record of npm run init; restore it, or remove it, so that every file counts as edited`,
    );
  }
}

/** The content of the record for some files. */
export function recordText(files: ReadonlyMap<string, string>): string {
  const hashes = [...files.keys()].sort().map((path) => [path, sha256(files.get(path) ?? "")] as const);
  return `${JSON.stringify({ files: Object.fromEntries(hashes) }, null, 2)}\n`;
}

/** Whether a file differs from the one that `npm run init` wrote. */
export function isEdited(record: FileRecord, path: string, text: string): boolean {
  return record.get(path) !== sha256(text);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
