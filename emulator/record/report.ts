import { readFileSync } from "node:fs";
import { isJsonObject } from "../wire/json";
import type { RecordedCall } from "./record";

/** What a record shows. */
export interface Report {
  readonly calls: number;
  /** Number of calls of each service and operation, the most frequent first. */
  readonly operations: readonly { readonly service: string; readonly operation: string; readonly calls: number }[];
  /** The refused calls, in order. */
  readonly refused: readonly RecordedCall[];
}

/** Summarizes recorded calls. */
export function reportOf(calls: readonly RecordedCall[]): Report {
  const counts = new Map<string, number>();
  for (const { service, operation } of calls) {
    const key = `${service} ${operation}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const operations = [...counts].map(([key, count]) => {
    const [service = "", ...operation] = key.split(" ");
    return { service, operation: operation.join(" "), calls: count };
  });
  return {
    calls: calls.length,
    operations: operations.sort((a, b) => b.calls - a.calls || a.service.localeCompare(b.service)),
    refused: calls.filter(({ code }) => code !== undefined),
  };
}

/**
 * Reads the calls of a record.
 *
 * @throws Error that names the file, and the line that is not a recorded call
 */
export function readRecord(file: string): readonly RecordedCall[] {
  let content: string;
  try {
    content = readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const lines = content.split("\n");
  return lines.flatMap((line, index) => {
    if (line.trim() === "") return [];
    const call = parsed(line);
    if (!call)
      throw new Error(`${file}:${index + 1} must be a recorded call; write the file with \`--record ${file}\``);
    return [call];
  });
}

/** The lines of a report for a terminal. */
export function reportLines({ calls, operations, refused }: Report): string[] {
  const byService = new Map<string, number>();
  for (const { service, calls: count } of operations) byService.set(service, (byService.get(service) ?? 0) + count);
  const width = Math.max(7, ...[...byService.keys()].map((name) => name.length));
  const services = [...byService].sort(([, a], [, b]) => b - a);
  return [
    `${calls} calls`,
    "",
    "Calls by service",
    ...services.map(([service, count]) => `  ${service.padEnd(width)}  ${String(count).padStart(6)}`),
    "",
    refused.length === 0 ? "No call was refused." : `Refused calls: ${refused.length}`,
    ...refused.map(
      ({ service, operation, code, message }) => `  ${service} ${operation}: ${code ?? ""}: ${message ?? ""}`,
    ),
  ];
}

function parsed(line: string): RecordedCall | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const isCall = isJsonObject(value as never) && "service" in (value as object) && "operation" in (value as object);
    return isCall ? (value as RecordedCall) : undefined; // written by recording()
  } catch {
    return undefined;
  }
}
