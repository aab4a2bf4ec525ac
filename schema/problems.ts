import type { z } from "zod";
import { secretKind } from "./services/secret-patterns";

/** A problem of a stage file or an account file. */
export interface Problem {
  /** Path of the file, relative to the project's root. */
  readonly file: string;
  /** Path of the field, such as `services.orders.port`. */
  readonly field: string;
  /** Value of the field; what looks like a secret is replaced. */
  readonly value: unknown;
  /** `<what is wrong>; <what to write>`. */
  readonly message: string;
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

const typeMessages: Readonly<Record<string, string>> = {
  array: "must be a list; write [ ... ]",
  object: "must be an object; write { ... }",
  record: "must be an object; write { name: ... }",
};

/** Zod error map for lists and objects whose schema has no message of its own. */
export const typeErrors: z.core.$ZodErrorMap = ({ code, expected }) =>
  code === "invalid_type" && typeof expected === "string" ? typeMessages[expected] : undefined;

/** Converts Zod's issues to problems. `kind` names the kind of file and the file that documents its fields. */
export function problemsOf(
  file: string,
  input: unknown,
  error: z.ZodError,
  kind = { file: "a stage file", schema: "schema/stage.ts" },
): Problem[] {
  return error.issues.flatMap(unionIssues).flatMap((issue): Problem[] => {
    const value = withoutSecrets(String(issue.path.at(-1)), valueAt(input, issue.path) ?? defaultValue(issue));
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({
        file,
        field: fieldOf([...issue.path, key]),
        value: valueAt(value, [key]),
        message: `is not a field of ${kind.file}; remove it, or see ${kind.schema} for the fields`,
      }));
    }
    if (issue.code === "invalid_key") {
      const [inner] = issue.issues;
      return [{ file, field: fieldOf(issue.path), value: issue.path.at(-1), message: inner?.message ?? issue.message }];
    }
    return [{ file, field: fieldOf(issue.path), value, message: issue.message }];
  });
}

/** Issues of a union: those of the first variant that has the type of the value. */
function unionIssues(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [issue];
  const matching = issue.errors.find(
    (issues) => !issues.some(({ code, path }) => code === "invalid_type" && path.length === 0),
  );
  return (matching ?? issue.errors[0] ?? []).map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

/** Value of a field that is not in the file, for a check that reports its default. */
function defaultValue({ code, input, path }: z.core.$ZodIssue): unknown {
  if (code !== "custom") return undefined;
  return valueAt(input, path.slice(-1)) ?? input;
}

function report(problems: readonly Problem[]): string {
  const files = [...new Set(problems.map(({ file }) => file))];
  const blocks = files.map((file) =>
    [file, ...problems.filter((problem) => problem.file === file).map((problem) => `  ${line(problem)}`)].join("\n"),
  );
  return [`${problems.length} problem${problems.length === 1 ? "" : "s"} in the configuration`, ...blocks].join("\n\n");
}

function line({ field, value, message }: Problem): string {
  const text = value === undefined ? missing(message) : `${shortened(JSON.stringify(value), 80)} ${message}`;
  return visible(`${shortened(field, 200)}: ${shortened(text, 500)}`);
}

/** Says of a field without a value what to write. */
function missing(message: string): string {
  if (message.includes("; ")) return `is missing${message.slice(message.lastIndexOf("; "))}`;
  return message.startsWith("must ") ? `is missing; ${message}` : "is missing";
}

function shortened(text: string, maximum: number): string {
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

/** Replaces values that look like secrets, as reports are published and archived. */
function withoutSecrets(name: string, value: unknown): unknown {
  if (typeof value === "string") return secretKind(name, value) === undefined ? value : "(hidden)";
  if (Array.isArray(value)) return value.map((each) => withoutSecrets(name, each));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutSecrets(key, each)]));
}

function fieldOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (field, part) => (typeof part === "number" ? `${field}[${part}]` : `${field}${field && "."}${String(part)}`),
    "",
  );
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) => (typeof value === "object" && value !== null ? Reflect.get(value, part) : undefined),
    input,
  );
}
