export type JsonValue = string | number | boolean | null | undefined | readonly JsonValue[] | JsonObject;

/** A JSON object whose properties are not known. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** Parses a JSON object; a body that is empty or another value gives an empty object. */
export function parseJson(body: Buffer | string): JsonObject {
  const text = body.toString();
  if (text.trim() === "") return {};
  // JSON.parse is untyped, and a JsonValue is exactly what it can return.
  return object(JSON.parse(text) as JsonValue);
}

/** The value if it is an object, or else an empty object. */
export function object(value: JsonValue): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** The value if it is a list, or else an empty list. */
export function list(value: JsonValue): readonly JsonValue[] {
  return isList(value) ? value : [];
}

/** The objects of a list. */
export function objects(value: JsonValue): readonly JsonObject[] {
  return list(value).filter(isJsonObject);
}

/** The values of a list of objects with Key and Value, by key; the last one of a key counts. */
export function valuesByKey(value: JsonValue): ReadonlyMap<string, string> {
  return new Map(objects(value).map(({ Key, Value }) => [text(Key), text(Value)]));
}

/** The value if it is a string, or else "". */
export function text(value: JsonValue): string {
  return typeof value === "string" ? value : "";
}

/** A string, number or boolean as text, or else "". */
export function scalarText(value: JsonValue): string {
  return typeof value === "object" || value === undefined ? "" : String(value);
}

/** Whether a value is an object, and neither a list nor null. */
export function isJsonObject(value: JsonValue): value is JsonObject {
  return typeof value === "object" && value !== null && !isList(value);
}

/** The named properties of an object, without those that are not set. */
export function pick(value: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(keys.filter((key) => value[key] !== undefined).map((key) => [key, value[key]]));
}

/** The object without the named properties. */
export function omit(value: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
