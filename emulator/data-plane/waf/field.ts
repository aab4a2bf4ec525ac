import { object, objects, text, type JsonObject } from "../../wire/json";
import type { DataRequest } from "../message";

/**
 * The part of a request that a statement inspects, transformed; undefined when the emulator does not evaluate the part or
 * a transformation, and null when the request has no such part.
 *
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-fields-list.html
 */
export function inspectedField(statement: JsonObject, request: DataRequest): string | null | undefined {
  const value = fieldOf(object(statement.FieldToMatch), request);
  const transformations = objects(statement.TextTransformations).toSorted(
    (one, other) => Number(one.Priority) - Number(other.Priority),
  );
  return transformations.reduce<string | null | undefined>(
    (current, { Type }) => (typeof current === "string" ? transformed(current, text(Type)) : current),
    value,
  );
}

function fieldOf(field: JsonObject, { method, path, query, headers, body }: DataRequest): string | null | undefined {
  if (field.Method !== undefined) return method;
  if (field.UriPath !== undefined) return path;
  if (field.QueryString !== undefined) return query;
  if (field.Body !== undefined) return body.toString("latin1");
  if (field.SingleHeader !== undefined) return headers[text(object(field.SingleHeader).Name).toLowerCase()] ?? null;
  if (field.SingleQueryArgument !== undefined) {
    return new URLSearchParams(query).get(text(object(field.SingleQueryArgument).Name));
  }
  return undefined;
}

function transformed(value: string, type: string): string | undefined {
  switch (type) {
    case "NONE":
      return value;
    case "LOWERCASE":
      return value.toLowerCase();
    case "COMPRESS_WHITE_SPACE":
      return value.replace(/\s+/g, " ");
    case "URL_DECODE":
      return value
        .replaceAll("+", " ")
        .replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
    default:
      return undefined;
  }
}
