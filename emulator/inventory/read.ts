import { XMLParser } from "fast-xml-parser";
import { object, parseJson, text, type JsonObject, type JsonValue } from "../wire/json";
import type { Reply } from "../proxy/gap";

const parser = new XMLParser({ parseTagValue: false });

/** What an answer lists at the path, each as an object; a plain name becomes `{ item: name }`. */
export function itemsOf(reply: Reply, path: string): readonly JsonObject[] {
  return valuesAt(bodyOf(reply), path.split(".")).map((item) => (typeof item === "string" ? { item } : object(item)));
}

/** The name of an item, by its path in the item. */
export function nameOf(item: JsonObject, path: string): string {
  return text(valuesAt(item, (path || "item").split("."))[0]);
}

function bodyOf({ headers, body }: Reply): JsonValue {
  const isXml = body.toString("latin1", 0, 1) === "<" || String(headers["content-type"]).includes("xml");
  // The parser is untyped; without attributes it returns text, objects and lists of them.
  return isXml ? (parser.parse(body) as JsonValue) : parseJson(body);
}

function valuesAt(value: JsonValue, [key, ...rest]: readonly string[]): readonly JsonValue[] {
  const values: readonly JsonValue[] = Array.isArray(value) ? value : [value];
  // An empty element is read as "".
  if (key === undefined) return values.filter((item) => item !== undefined && item !== "");
  return values.flatMap((item) => valuesAt(object(item)[key], rest));
}
