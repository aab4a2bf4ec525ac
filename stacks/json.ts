import { Fn, Token } from "cdktf";

/**
 * JSON that Terraform encodes, for values that contain references. Quotes and backslashes in texts are escaped here, as
 * cdktf does not escape them in arguments of functions.
 */
export function encodedJson(value: object): string {
  return Fn.jsonencode(escaped(value));
}

function escaped(value: unknown): unknown {
  if (typeof value === "string") return Token.isUnresolved(value) ? value : quoted(value);
  if (Array.isArray(value)) return value.map(escaped);
  if (typeof value !== "object" || value === null || Token.isUnresolved(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [quoted(key), escaped(item)]));
}

/** Terraform's quoted strings have the escape sequences of JSON. */
function quoted(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
