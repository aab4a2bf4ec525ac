import { appendFileSync, writeFileSync } from "node:fs";
import type { RecordLine } from "./line";

/** The file of a record, to which lines of JSON are appended. */
export class RecordFile {
  /**
   * @param path an existing file is replaced
   * @throws Error when the file cannot be written
   */
  constructor(private readonly path: string) {
    try {
      writeFileSync(path, "");
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`the record ${path} cannot be written: ${reason}; give a path in a directory that exists`);
    }
  }

  /** Appends a line, which is in the file when this returns. */
  write(line: RecordLine): void {
    appendFileSync(this.path, `${JSON.stringify(line)}\n`);
  }
}
