import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { shownPath } from "./config-files";
import { shortened, textOf, type Problem } from "./problems";

/** Depth of the stack traces in which a file of the configuration is looked for. */
const stackTraceLimit = 100;

const nodeModules = join(sep, "node_modules", sep);

/**
 * Runs a function that loads a file of a configuration folder.
 *
 * @returns the problem when it throws: of the file that has the error, which may be one that the loaded file imports
 */
export function loadOrProblem<Result>(
  path: string,
  load: () => Result,
): { readonly result?: Result; readonly problem?: Problem } {
  const { stackTraceLimit: previous } = Error;
  Error.stackTraceLimit = stackTraceLimit;
  try {
    return { result: load() };
  } catch (error) {
    return { problem: loadProblem(path, error) };
  } finally {
    Error.stackTraceLimit = previous;
  }
}

/** A place in a source file; lines and columns count from 1. */
interface Position {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** The problem of an error that the parser or a running file threw. */
export function loadProblem(path: string, error: unknown): Problem {
  const syntax = syntaxError(error);
  const position = syntax?.position ?? positionOf(error);
  const reason = syntax?.reason ?? messageOf(error);
  const file = shownPath(position?.path ?? path);
  const field = position === undefined ? "file" : `line ${position.line}, column ${position.column}`;
  const remedy = syntax === undefined ? "correct the file" : "correct the syntax";
  // Shorter than a line of the report may be, which ends in the remedy.
  return { file, field, message: `${shortened(reason.replace(/[.;]$/, ""), 300)}; ${remedy}` };
}

/** What esbuild reports, in the error of its own API or in the text that remains of it in another error. */
function syntaxError(error: unknown): { readonly reason: string; readonly position?: Position } | undefined {
  const [first] = listOf(error, "errors");
  const text = property(first, "text");
  if (typeof text === "string") {
    const location = property(first, "location");
    const [file, line, column, lineText] = ["file", "line", "column", "lineText"].map((name) =>
      property(location, name),
    );
    const reason = text.startsWith("Top-level await") ? "await is possible only within a function" : text;
    if (typeof file !== "string" || typeof line !== "number" || typeof column !== "number") return { reason };
    return { reason, position: { path: file, line, column: columnOf(column, lineText) } };
  }
  const match = /^(.+):(\d+):(\d+): ERROR: (.+)$/m.exec(error instanceof Error ? textOf(() => error.message) : "");
  if (match === null) return undefined;
  const [, path = "", line, column, reason = ""] = match;
  return { reason, position: { path, line: Number(line), column: Number(column) + 1 } };
}

/** esbuild counts the bytes before a column, editors the characters. */
function columnOf(bytes: number, lineText: unknown): number {
  return (typeof lineText === "string" ? Buffer.from(lineText).subarray(0, bytes).toString().length : bytes) + 1;
}

/** Where a file that was loaded threw an error, by the first file of a stack trace that is not part of the schema. */
function positionOf(error: unknown): Position | undefined {
  const [, ...frames] = error instanceof Error ? textOf(() => error.stack).split(/\n(?= {4}at )/) : [];
  for (const frame of frames) {
    // at name (/path:1:2), at async /path:1:2, at file:///path:1:2
    const [, scheme, place = "", line, column] =
      /^ {4}at (?:async )?(?:[^/(]*\()?(file:\/\/)?(\/.+):(\d+):(\d+)\)?$/.exec(frame) ?? [];
    const path = scheme === undefined ? place : fileURLToPath(`${scheme}${place}`);
    // What loads the files is below them in the stack.
    if (path === __filename) return undefined;
    const isLoaded = /\.c?[jt]s$/.test(path) && !path.startsWith(join(__dirname, sep)) && !path.includes(nodeModules);
    if (isLoaded) return { path, line: Number(line), column: Number(column) };
  }
  return undefined;
}

/** A message in one line, without the files of the program that Node.js lists. */
function messageOf(error: unknown): string {
  const text = textOf(() =>
    error instanceof Error ? `${error.name}: ${error.message}` : `${String(error)} was thrown`,
  );
  return text.replace(/\nRequire stack:[^]*$/, "").replace(/\s*\n\s*/g, " ");
}

function listOf(value: unknown, name: string): readonly unknown[] {
  const list = property(value, name);
  return Array.isArray(list) ? list : [];
}

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
