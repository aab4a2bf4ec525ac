import type { JsonObject, JsonValue } from "../wire/json";

/** The value if it is a number or a decimal number in a string, or else undefined. */
export function numberOf(value: JsonValue): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || !/^-?\d+(\.\d+)?$/.test(value)) return undefined;
  return Number(value);
}

/** Whether a value is set to a number outside of a range; both bounds are allowed values. */
export function isOutside(value: JsonValue, minimum: number, maximum: number): boolean {
  const number = numberOf(value);
  return number !== undefined && (number < minimum || number > maximum);
}

/** Whether a value is set; SDKs and the AWS provider send null for some that are not. */
export function isSet(value: JsonValue): boolean {
  return value !== undefined && value !== null;
}

/** The value that a JSON text has, or undefined when it is not JSON. */
export function valueOf(json: string): JsonValue {
  try {
    // JSON.parse is untyped, and a JsonValue is exactly what it can return.
    return JSON.parse(json) as JsonValue;
  } catch {
    return undefined;
  }
}

/** Whether a value is a JSON object. */
export function isObject(value: JsonValue): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
