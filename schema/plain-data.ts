import { fieldOf, textOf, type Problem } from "./problems";

type Path = readonly (string | number)[];

/** What a file exports, as values that can be written as JSON. */
export interface PlainData {
  /** A copy, in which what has a problem is undefined. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
}

/** Copies what a file exports, reading each property once: a cycle, a Date or a promise cannot be configuration. */
export function plainData(file: string, exported: unknown): PlainData {
  const problems: Problem[] = [];
  const refuse = (path: Path, message: string): unknown => {
    problems.push({ file, field: fieldOf(path), message });
    return undefined;
  };

  const copies = new Map<object, unknown>();

  const read = (valueOf: () => unknown, path: Path, parents: readonly unknown[]): unknown => {
    try {
      return copy(valueOf(), path, parents);
    } catch (error) {
      return refuse(path, `cannot be read (${textOf(() => error)}); write the value`);
    }
  };
  const copy = (value: unknown, path: Path, parents: readonly unknown[]): unknown => {
    const kind = kindOf(value);
    if (kind !== undefined) return refuse(path, `is ${kind}; write text, a number, true, false, a list or an object`);
    if (typeof value !== "object" || value === null) return value;
    if (parents.includes(value)) return refuse(path, "contains itself; write the values");
    const known = copies.get(value);
    if (known !== undefined) return known;
    const entry = (key: string | number) => {
      const below = [...path, key];
      // Zod leaves it out of records.
      if (key === "__proto__") return refuse(below, "cannot be a name; choose another one");
      return read(() => Reflect.get(value, key), below, [...parents, value]);
    };
    const copied = Array.isArray(value)
      ? Array.from(value, (_, index) => entry(index))
      : Object.fromEntries(Object.keys(value).map((key) => [key, entry(key)]));
    copies.set(value, copied);
    return copied;
  };

  return { value: read(() => exported, [], []), problems };
}

/** What a value is that cannot be written as JSON. */
function kindOf(value: unknown): string | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? undefined : String(value);
  if (["bigint", "function", "symbol"].includes(typeof value)) return `a ${typeof value}`;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const kind = Object.prototype.toString.call(value).slice("[object ".length, -1);
  return kind === "Object" ? undefined : `a ${kind}`;
}
