import { SourceMap } from "node:module";
import { resolve } from "node:path";

/** The source map of a script whose own one cannot be read. */
const noPositions = JSON.stringify({ version: 3, sources: [], mappings: "" });

/** Scripts by path, with the text of their source maps and the folder from which the paths in it are. */
const scripts = new Map();

/** Shows positions in a script as those in the files that it was made from. Its source map is read for the first error. */
export function mapPositions(path, sourceMap, folder) {
  let map;
  scripts.set(path, (line, column) => {
    map ??= new SourceMap(JSON.parse(sourceMap() ?? noPositions));
    const { originalSource, originalLine, originalColumn } = map.findEntry(line - 1, column - 1);
    if (originalSource === undefined) return undefined;
    return `${resolve(folder, originalSource)}:${originalLine + 1}:${originalColumn + 1}`;
  });
}

/** Maps the positions of stack traces, when one is read. */
Error.prepareStackTrace = (error, frames) => {
  const lines = frames.map((frame) => {
    const map = scripts.get(frame.getFileName());
    const [line, column] = [frame.getLineNumber(), frame.getColumnNumber()];
    const position = map?.(line, column);
    const text = String(frame);
    return position === undefined ? text : text.replace(`${frame.getFileName()}:${line}:${column}`, () => position);
  });
  return [String(error), ...lines].join("\n    at ");
};

/**
 * cdktf records a stack trace for each token, in an object other than an error, whose trace is empty: a third of a synthesis.
 * It shows them when a token cannot be resolved; `npx tsx main.ts` still does.
 */
const { captureStackTrace } = Error;
Error.captureStackTrace = (target, below = Error.captureStackTrace) => {
  if (target.stack !== "") captureStackTrace(target, below);
};
