import { Argument, InvalidArgumentError, Option } from "commander";

export interface LockFlags {
  readonly lockTimeout: string;
}

/** The stack of a command. */
export const stack = () => new Argument("<stack>", "stack, as cdktf list shows it");

/** The one service that a command works on. */
export const service = () => new Argument("[service]", "one service of the stack; all of them when left out");

/** How long a command waits for somebody else's lock. */
export const lockTimeout = () =>
  new Option("--lock-timeout <duration>", "how long to wait for the state's lock, such as 30s or 10m")
    .default("5m")
    .argParser(duration);

/** A number above zero, such as hours. */
export function positive(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("Write a number above 0.");
}

/** Minutes of at most a day. */
export function minutes(text: string): number {
  const value = positive(text);
  if (value <= 24 * 60) return value;
  throw new InvalidArgumentError("Write at most 1440 minutes.");
}

function duration(text: string): string {
  if (/^(\d+[hms])+$/.test(text)) return text;
  throw new InvalidArgumentError("Write a time such as 30s, 10m or 1h.");
}
