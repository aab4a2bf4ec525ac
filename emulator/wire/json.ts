export type JsonValue = string | number | boolean | null | undefined | readonly JsonValue[] | JsonObject;

/** A JSON object of which nothing but its being one is known. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** Reads a JSON object; an empty or other body gives an empty object. */
export function parseJson(body: Buffer | string): JsonObject {
  const text = body.toString();
  if (text.trim() === "") return {};
  // JSON.parse is untyped, and a JsonValue is exactly what it can return.
  return object(JSON.parse(text) as JsonValue);
}

/** The value if it is an object, else an empty one. */
export function object(value: JsonValue): JsonObject {
  return isObject(value) ? value : {};
}

/** The value if it is a list, else an empty one. */
export function list(value: JsonValue): readonly JsonValue[] {
  return isList(value) ? value : [];
}

/** The objects of a list. */
export function objects(value: JsonValue): readonly JsonObject[] {
  return list(value).filter(isObject);
}

/** The value if it is text, else "". */
export function text(value: JsonValue): string {
  return typeof value === "string" ? value : "";
}

/** The properties of an object that are named and set. */
export function pick(value: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(keys.filter((key) => value[key] !== undefined).map((key) => [key, value[key]]));
}

/** The object without the properties that are named. */
export function omit(value: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === "object" && value !== null && !isList(value);
}
