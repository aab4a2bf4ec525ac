import type { ResourceChange } from "./plan";

/** A value of a plan at both ends of a change. */
export interface FieldChange {
  /** The value of the state; undefined where it is not set. */
  readonly before: unknown;
  /** The planned value; undefined where it is not set. */
  readonly after: unknown;
}

/** Whether a value is an object, as a resource or a block of a plan is. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value as a list; a list of nothing for a value that is not set. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/** The texts of a list. */
export function textsOf(value: unknown): readonly string[] {
  return listOf(value).filter((item) => typeof item === "string");
}

/** A text, or nothing for a value of another type. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** A single value as text; nothing for other values. */
export function shownValue(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/**
 * The value at a path such as `ttl.attribute_name`; undefined where it is not set. A block that occurs once is a list
 * of one in a plan, and its index is not part of the path.
 */
export function valueAt(values: unknown, path: string): unknown {
  let value: unknown = values;
  for (const key of path.split(".")) {
    const [only]: readonly unknown[] = listOf(value);
    if (!isObject(only)) return undefined;
    value = only[key];
  }
  return value ?? undefined;
}

/** Whether a block is set: a plan has one without content, such as `allow {}`, as a list of one empty object. */
export function isBlockSet(values: unknown, path: string): boolean {
  return listOf(valueAt(values, path)).length > 0;
}

/** Whether a planned value, or a part of it, is known after the apply only. */
export function isUnknown({ change }: ResourceChange, path: string): boolean {
  const unknown = change.after_unknown;
  const [first = ""] = path.split(".");
  return unknown === true || hasTrue(valueAt(unknown, path)) || valueAt(unknown, first) === true;
}

/** The value of a field before and after; undefined when the planned value is known after the apply only. */
export function fieldChange(resource: ResourceChange, path: string): FieldChange | undefined {
  if (isUnknown(resource, path)) return undefined;
  return { before: valueAt(resource.change.before, path), after: valueAt(resource.change.after, path) };
}

/** The same, without the parts of the planned value that are known after the apply only. */
export function knownFieldChange(resource: ResourceChange, path: string): FieldChange | undefined {
  const { before, after, after_unknown: unknown } = resource.change;
  if (unknown === true || valueAt(unknown, path) === true) return undefined;
  return { before: valueAt(before, path), after: valueAt(after, path) };
}

/** Whether a field differs, or will perhaps differ after the apply. */
export function isChanged(resource: ResourceChange, path: string): boolean {
  const field = fieldChange(resource, path);
  return field === undefined || !isSame(field.before, field.after);
}

/** Whether two values of a plan are the same. */
export function isSame(one: unknown, other: unknown): boolean {
  return canonical(one ?? null) === canonical(other ?? null);
}

/** A JSON document of a field; undefined for other texts. */
export function parsedJson(value: unknown): unknown {
  if (typeof value !== "string") return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** A value as JSON, with the keys of its objects in order. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}

function hasTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasTrue);
  return isObject(value) ? Object.values(value).some(hasTrue) : value === true;
}
