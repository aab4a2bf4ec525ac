import type { z } from "zod";
import { secretKind } from "./services/secret-signs";

/** One thing wrong with a stage file. */
export interface Problem {
  /** Path of the file, from the project's root. */
  readonly file: string;
  /** Field as it is written in the file, such as `services.orders.port`. */
  readonly field: string;
  /** What the file says there, without what looks like a secret. */
  readonly value: unknown;
  /** What is wrong, and after a semicolon what to write instead. */
  readonly message: string;
}

/** Everything wrong with the configuration, in one error. */
export class ConfigError extends Error {
  public override readonly name = "ConfigError";

  constructor(public readonly problems: readonly Problem[]) {
    super(report(problems));
  }
}

const kinds: Readonly<Record<string, string>> = {
  array: "is no list; write [ ... ]",
  object: "is no object; write { ... }",
  record: "is no object; write { name: ... }",
};

/** Says of a value of the wrong kind what to write, where the schema itself does not. */
export const wrongKind: z.core.$ZodErrorMap = ({ code, expected }) =>
  code === "invalid_type" && typeof expected === "string" ? kinds[expected] : undefined;

/** Puts zod's findings into words: file, field, value, remedy. `what` names the kind of file and where its fields stand. */
export function problemsOf(
  file: string,
  input: unknown,
  error: z.ZodError,
  what = { file: "a stage file", schema: "schema/stage.ts" },
): Problem[] {
  return error.issues.flatMap(likeliest).flatMap((issue): Problem[] => {
    const value = withoutSecrets(String(issue.path.at(-1)), valueAt(input, issue.path) ?? defaultValue(issue));
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({
        file,
        field: fieldOf([...issue.path, key]),
        value: valueAt(value, [key]),
        message: `is not a field of ${what.file}; remove it, or look for its name in ${what.schema}`,
      }));
    }
    if (issue.code === "invalid_key") {
      const [inner] = issue.issues;
      return [{ file, field: fieldOf(issue.path), value: issue.path.at(-1), message: inner?.message ?? issue.message }];
    }
    return [{ file, field: fieldOf(issue.path), value, message: issue.message }];
  });
}

/** Of a field that may be written in several ways: what is wrong with the way that was meant, by its kind of value. */
function likeliest(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [issue];
  const meant = issue.errors.find(
    (issues) => !issues.some(({ code, path }) => code === "invalid_type" && path.length === 0),
  );
  return (meant ?? issue.errors[0] ?? []).map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

/** What a rule over several fields found in a field that the file leaves to its default. */
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
  const remedy = message.includes(";") ? message.slice(message.lastIndexOf("; ")) : "";
  const text = value === undefined ? `is missing${remedy}` : `${shortened(JSON.stringify(value), 80)} ${message}`;
  return visible(`${shortened(field, 200)}: ${shortened(text, 500)}`);
}

function shortened(text: string, maximum: number): string {
  return text.length > maximum ? `${text.slice(0, maximum - 3)}...` : text;
}

/** A terminal obeys control characters, and shows others in a wrong order or not at all. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    return Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
      .map((code) => `\\u${code.toString(16).padStart(4, "0")}`)
      .join("");
  });
}

/** Reports are read by many, and kept: a secret that should not be in the file must not go further. */
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
