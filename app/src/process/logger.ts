import pino, { type DestinationStream, type Logger } from "pino";

/** Writes JSON logs to standard output; errors contain only fields without caller data. */
export function createLogger(name: string, level: string, destination?: DestinationStream): Logger {
  const options = {
    name,
    level,
    base: { name },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describeError },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

// A driver's error also contains the row's values and the statement; only these fields are safe.
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: "not an error object" };
  const code = "code" in error ? error.code : undefined;
  const cause = error.cause === undefined ? undefined : describeError(error.cause);
  return { type: error.name, message: error.message, code, stack: error.stack, cause };
}
