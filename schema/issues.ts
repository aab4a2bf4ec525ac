import type { z } from "zod";
import { accountSchema } from "./account";
import { fieldsAt, valueAt } from "./fields";
import { fieldOf, type Problem } from "./problems";
import { secretKind } from "./services/secret-patterns";
import { misspelt } from "./similar";
import { stageSchema } from "./stage";

/** A kind of file, with the documentation of its fields. */
export interface FileKind {
  readonly name: string;
  readonly schema: z.core.$ZodType;
  /** Page that documents the first part of a field's path. */
  readonly pageOf: (section: string) => string;
}

const accountPage = "docs/accounts.md";

/** Pages that document the first-level fields of a stage file; `docs/stage-files.md` documents the others. */
export const stagePages: Readonly<Record<string, string>> = {
  state: accountPage,
  accountId: accountPage,
  assumeRoleArn: accountPage,
  permissionsBoundaryArn: accountPage,
  services: "docs/services.md",
  images: "docs/services.md",
  discovery: "docs/services.md",
  containerInsights: "docs/services.md",
  network: "docs/network.md",
  ingress: "docs/ingress.md",
  data: "docs/data.md",
  bastion: "docs/data.md",
  monitoring: "docs/monitoring.md",
  exceptions: "docs/policy.md",
  providerVersion: "docs/versions.md",
};

export const stageKind: FileKind = {
  name: "a stage file",
  schema: stageSchema,
  pageOf: (section) => stagePages[section] ?? "docs/stage-files.md",
};

export const accountKind: FileKind = {
  name: "an account file",
  schema: accountSchema,
  pageOf: () => accountPage,
};

const typeMessages: Readonly<Record<string, string>> = {
  array: "must be a list; write [ ... ]",
  object: "must be an object; write { ... }",
  record: "must be an object; write { name: ... }",
};

/** Zod error map for lists and objects whose schema has no message of its own. */
export const typeErrors: z.core.$ZodErrorMap = ({ code, expected }) =>
  code === "invalid_type" && typeof expected === "string" ? typeMessages[expected] : undefined;

/** Converts Zod's issues to problems. */
export function problemsOf(file: string, input: unknown, error: z.ZodError, kind: FileKind = stageKind): Problem[] {
  const reader = new IssueReader(kind, input);
  return reader.read(error.issues).map((problem) => ({ file, ...problem }));
}

type Path = readonly PropertyKey[];

/** A problem before its path is written as text. */
interface Located extends Pick<Problem, "value" | "message"> {
  readonly path: Path;
  /** The object that has an unknown field. */
  readonly unknownIn?: Path;
  /** The field that a misspelt one was meant to be. */
  readonly meant?: Path;
  /** Whether the issue follows from several fields of the object around it. */
  readonly isConclusion?: boolean;
}

/** Reads the issues of one file. */
class IssueReader {
  constructor(
    private readonly kind: FileKind,
    private readonly input: unknown,
  ) {}

  public read(issues: readonly z.core.$ZodIssue[]): Omit<Problem, "file">[] {
    return this.located(issues).map(({ path, value, message }) => ({ field: fieldOf(path), value, message }));
  }

  /** The problems, without those that an unknown field causes: what it was meant to be is missing. */
  private located(issues: readonly z.core.$ZodIssue[], parent: Path = []): Located[] {
    const all = issues.flatMap((issue) => this.locate(issue, [...parent, ...issue.path]));
    const meant = all.flatMap((each) => (each.meant === undefined ? [] : [fieldOf(each.meant)]));
    const incomplete = all.flatMap(({ unknownIn = [] }) => (unknownIn.length === 0 ? [] : [fieldOf(unknownIn)]));
    return all.filter(({ path, isConclusion }) => {
      if (meant.includes(fieldOf(path))) return false;
      return isConclusion !== true || ![path, path.slice(0, -1)].some((object) => incomplete.includes(fieldOf(object)));
    });
  }

  private locate(issue: z.core.$ZodIssue, path: Path): Located[] {
    const { message } = issue;
    if (issue.code === "invalid_union" && issue.errors.length > 0) return this.variant(issue.errors, path);
    if (issue.code === "unrecognized_keys") return issue.keys.map((key) => this.unknown([...path, key]));
    if (issue.code === "invalid_key") {
      return [{ path, value: path.at(-1), message: issue.issues[0]?.message ?? message }];
    }
    if (issue.code === "invalid_union") {
      const misspelling = this.misspellingOf(path);
      if (misspelling !== undefined) return [this.unknown(misspelling)];
    }
    const value = valueAt(this.input, path) ?? defaultValue(issue);
    return [{ path, value: this.withoutSecrets(path, value), message, isConclusion: issue.code === "custom" }];
  }

  /** The variant of a union that has the type of the value, and the fewest problems. */
  private variant(errors: readonly (readonly z.core.$ZodIssue[])[], path: Path): Located[] {
    const hasType = (issues: readonly z.core.$ZodIssue[]) =>
      !issues.some((issue) => issue.code === "invalid_type" && issue.path.length === 0);
    const matching = errors.filter(hasType);
    const variants = (matching.length > 0 ? matching : errors.slice(0, 1)).map((issues) => this.located(issues, path));
    return variants.toSorted((one, other) => one.length - other.length)[0] ?? [];
  }

  private unknown(path: Path): Located {
    const { name, pageOf } = this.kind;
    const parent = path.slice(0, -1);
    const key = String(path.at(-1));
    const known = fieldsAt(this.kind.schema, parent, this.input);
    const isAbsent = (field: string) => valueAt(this.input, [...parent, field]) === undefined;
    const meant = misspelt(key, known.filter(isAbsent));
    // The defaults of an environment often have the right field; a field of another variant is known, too.
    const similar = meant ?? (known.includes(key) ? undefined : misspelt(key, known));
    const page = pageOf(String(parent[0] ?? similar));
    const remedy = similar === undefined ? "remove it, or see" : `did you mean "${similar}"? See`;
    return {
      path,
      value: this.withoutSecrets(path, valueAt(this.input, path)),
      message: `is not a field of ${name}; ${remedy} ${page}`,
      unknownIn: parent,
      ...(meant !== undefined && { meant: [...parent, meant] }),
    };
  }

  /** A field in the place of a missing discriminator. */
  private misspellingOf(path: Path): Path | undefined {
    if (valueAt(this.input, path) !== undefined) return undefined;
    const parent = path.slice(0, -1);
    const object = valueAt(this.input, parent);
    const known = fieldsAt(this.kind.schema, parent, this.input);
    const unknown = Object.keys(object ?? {}).filter((key) => !known.includes(key));
    const key = misspelt(String(path.at(-1)), unknown);
    return key === undefined ? undefined : [...parent, key];
  }

  /**
   * Replaces values that look like secrets, as reports are published and archived. A field of the schema, such as
   * `secret`, does not say by its name that its value is a secret, as the name of a variable does; and a text below
   * `secrets` that is not in such a field is probably the secret itself.
   */
  private withoutSecrets(path: Path, value: unknown): unknown {
    if (typeof value === "string") {
      const key = String(path.at(-1));
      const isField = fieldsAt(this.kind.schema, path.slice(0, -1), this.input).includes(key);
      const isSecret = isField
        ? secretKind("", value) !== undefined
        : path.slice(-3, -1).includes("secrets") || secretKind(key, value) !== undefined;
      return isSecret ? "(hidden)" : value;
    }
    if (Array.isArray(value)) return value.map((each, index) => this.withoutSecrets([...path, index], each));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, this.withoutSecrets([...path, key], each)]),
    );
  }
}

/** Value of a field that is not in the file, for a check that reports its default. */
function defaultValue({ code, input, path }: z.core.$ZodIssue): unknown {
  if (code !== "custom") return undefined;
  return valueAt(input, path.slice(-1)) ?? input;
}
