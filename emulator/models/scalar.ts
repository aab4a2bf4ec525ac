import type { JsonValue } from "../wire/json";
import type { Problems } from "./problem";

/** A value of a simple type that a form, a path, a query, a header or an XML document has as text. */
export function scalar(type: string, text: string, path: string, problems: Problems): JsonValue {
  switch (type) {
    case "integer":
    case "long":
      if (/^-?\d+$/.test(text)) return Number(text);
      problems.add(path, `"${text}" must be of type ${type}`);
      return undefined;
    case "float":
    case "double":
      if (text !== "" && !Number.isNaN(Number(text))) return Number(text);
      problems.add(path, `"${text}" must be of type ${type}`);
      return undefined;
    case "boolean":
      if (/^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
      problems.add(path, `"${text}" must be of type boolean`);
      return undefined;
    default:
      return text;
  }
}
