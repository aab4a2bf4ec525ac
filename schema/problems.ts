/** A problem of a stage file or an account file. */
export interface Problem {
  /** Path of the file, relative to the working directory when it is below it. */
  readonly file: string;
  /** Path of the field, such as `services.orders.port`, or what else of the file has the problem. */
  readonly field: string;
  /** Value of the field; what looks like a secret is replaced. Left out where there is no value to show. */
  readonly value?: unknown;
  /** `<what is wrong>; <what to write>`. */
  readonly message: string;
}

/** A path of the default export, such as `services.orders.routes[0]`. */
export function fieldOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "default export";
  return path.reduce<string>(
    (field, part) => (typeof part === "number" ? `${field}[${part}]` : `${field}${field && "."}${String(part)}`),
    "",
  );
}

/** What a team wrote cannot be synthesized. The message says what to change, so that no stack trace is needed. */
export abstract class InputError extends Error {}

/** All problems of the configuration in one error. */
export class ConfigError extends InputError {
  public override readonly name = "ConfigError";

  constructor(public readonly problems: readonly Problem[]) {
    super(report(problems));
  }
}

function report(problems: readonly Problem[]): string {
  const files = [...new Set(problems.map(({ file }) => file))];
  const blocks = files.map((file) =>
    [file, ...problems.filter((problem) => problem.file === file).map((problem) => `  ${line(problem)}`)].join("\n"),
  );
  return [`${problems.length} problem${problems.length === 1 ? "" : "s"} in the configuration`, ...blocks].join("\n\n");
}

function line({ field, message, ...rest }: Problem): string {
  return visible(`${shortened(field, 200)}: ${shortened(predicate(message, rest), 500)}`);
}

function predicate(message: string, rest: Pick<Problem, "value">): string {
  if (!("value" in rest)) return message;
  return rest.value === undefined ? missing(message) : `${shortened(JSON.stringify(rest.value), 80)} ${message}`;
}

/** Says of a field without a value what to write. */
function missing(message: string): string {
  if (message.includes("; ")) return `is missing${message.slice(message.lastIndexOf("; "))}`;
  return message.startsWith("must ") ? `is missing; ${message}` : "is missing";
}

/** What a function returns, as text; what a file throws or exports may fail when it is read. */
export function textOf(read: () => unknown): string {
  try {
    return String(read());
  } catch {
    return "a value that cannot be shown";
  }
}

/** A text of at most as many characters, which ends in "..." where it is cut. */
export function shortened(text: string, maximum: number): string {
  return text.length > maximum ? `${text.slice(0, maximum - 3)}...` : text;
}

/** Escapes characters that a terminal interprets, reorders or does not show. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    return Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
      .map((code) => `\\u${code.toString(16).padStart(4, "0")}`)
      .join("");
  });
}
