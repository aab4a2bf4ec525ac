import { readFileSync } from "node:fs";
import type { RecordedCall, RecordedProblem, RecordedRoute, RecordLine } from "./line";

/** The content of a record, each list in the order of its lines. */
export interface CallRecord {
  readonly calls: readonly RecordedCall[];
  /** Changes of whether routes are served. */
  readonly routes: readonly RecordedRoute[];
  readonly problems: readonly RecordedProblem[];
}

/**
 * Reads a record.
 *
 * @throws Error that names the file, and the line that is damaged or of another format
 */
export function readRecord(file: string): CallRecord {
  const lines = contentOf(file)
    .split("\n")
    .flatMap((line, index) => (line.trim() === "" ? [] : [parsed(file, line, index + 1)]));
  return {
    calls: lines.filter((line) => "operation" in line),
    routes: lines.filter((line) => "route" in line),
    problems: lines.filter((line) => "problem" in line),
  };
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${file} cannot be read: ${reason}; write it with \`emulated-aws --record ${file} -- <command>\``);
  }
}

function parsed(file: string, line: string, number: number): RecordLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    // Left to the error below.
  }
  if (isRecordLine(value)) return value;
  const remedy = `remove the line, or write the file anew with \`emulated-aws --record ${file} -- <command>\``;
  throw new Error(`${file}:${number} must be a line of a record, but is ${shortened(line)}; ${remedy}`);
}

function isRecordLine(value: unknown): value is RecordLine {
  return (
    has(value, { time: "number", caller: "string", service: "string", operation: "string", status: "number" }) ||
    has(value, { time: "number", route: "string", served: "boolean" }) ||
    has(value, { time: "number", problem: "string" })
  );
}

function has(value: unknown, members: Readonly<Record<string, string>>): boolean {
  if (typeof value !== "object" || value === null) return false;
  const typed = new Map(Object.entries(value).map(([name, member]) => [name, typeof member]));
  return Object.entries(members).every(([name, type]) => typed.get(name) === type);
}

function shortened(line: string): string {
  return JSON.stringify(line.length > 40 ? `${line.slice(0, 40)}...` : line);
}
