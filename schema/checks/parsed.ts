import type { z } from "zod";
import { fieldsAt, valueAt } from "../fields";

type Path = readonly PropertyKey[];

/** A check read a part of the stage that has a problem of its own, so that it can conclude nothing. */
class NotParsed extends Error {}

/** Runs a function on a stage of `parsedOnly`; undefined when it reads a part with a problem. */
export function unlessNotParsed<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof NotParsed) return undefined;
    throw error;
  }
}

/**
 * A copy of a stage in which reading a part with a problem ends the check that reads it. Such parts are: a field with an
 * issue, a record with a refused name, and the absent fields of an object with unknown ones, any of which may be misspelt.
 */
export function parsedOnly(stage: unknown, issues: readonly z.core.$ZodRawIssue[], schema: z.core.$ZodType): unknown {
  const copy = new StageCopy(stage);
  for (const issue of issues) {
    const { path = [] } = issue;
    if (issue.code === "unrecognized_keys") {
      for (const field of fieldsAt(schema, path, stage)) {
        if (valueAt(issue.input, [field]) === undefined) copy.refuse([...path, field]);
      }
    } else {
      copy.refuse(isOfWholeObject(issue) ? path.slice(0, -1) : path);
    }
  }
  return copy.root;
}

/** Issues of a record's key, and of a union whose discriminator does not say which fields the object has. */
function isOfWholeObject(issue: z.core.$ZodRawIssue): boolean {
  return issue.code === "invalid_key" || (issue.code === "invalid_union" && issue.errors.length === 0);
}

/** A copy of a value whose parts are replaced by getters that throw; what is above these parts is copied, the rest shared. */
class StageCopy {
  public root: unknown;
  private readonly copies = new Set<object>();

  constructor(value: unknown) {
    this.root = this.copyOf(value);
  }

  public refuse(path: Path): void {
    const [key, ...above] = [...path].reverse();
    let parent = this.root;
    for (const part of above.reverse()) {
      if (!isObject(parent)) return;
      const property = Object.getOwnPropertyDescriptor(parent, part);
      // A part of a part that is refused already.
      if (property?.get !== undefined) return;
      const child = this.copyOf(property?.value);
      Object.defineProperty(parent, part, { value: child, enumerable: true, configurable: true });
      parent = child;
    }
    if (key === undefined || !isObject(parent)) {
      this.root = undefined;
      return;
    }
    Object.defineProperty(parent, key, {
      get: () => {
        throw new NotParsed();
      },
      // An absent field is not listed among the names of a record.
      enumerable: Object.hasOwn(parent, key),
      configurable: true,
    });
  }

  private copyOf(value: unknown): unknown {
    if (!isObject(value) || this.copies.has(value)) return value;
    const copy: object = Array.isArray(value) ? Array.from<unknown>(value) : { ...value };
    this.copies.add(copy);
    return copy;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
