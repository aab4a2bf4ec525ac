import { findSourceMap } from "node:module";

/**
 * Lets cdktf's tokens go without stack traces. It records one for every token, hundreds in a stage, on an object that
 * is no Error; with source maps they take half of a synthesis, and only say where a token was made that nobody could
 * resolve. Errors keep their traces.
 */
export function skipTokenTraces(): void {
  Error.prepareStackTrace = (subject, frames) =>
    // Empty, cdktf takes it for a trace without lines.
    subject instanceof Error ? [String(subject), ...frames.map(inSource)].join("\n    at ") : "";
}

/** A frame as Node would show it by itself: in the TypeScript file. */
function inSource(frame: NodeJS.CallSite): string {
  const [file, line, column] = [frame.getFileName() ?? "", frame.getLineNumber() ?? 0, frame.getColumnNumber() ?? 0];
  const origin = findSourceMap(file)?.findOrigin(line, column);
  const place =
    origin !== undefined && "fileName" in origin ? origin : { fileName: file, lineNumber: line, columnNumber: column };
  return `${frame.getFunctionName() ?? "<anonymous>"} (${place.fileName}:${place.lineNumber}:${place.columnNumber})`;
}
