/** The last lines that a container wrote. */
export interface LogTail {
  readonly group: string;
  readonly stream: string;
  readonly lines: readonly string[];
}
