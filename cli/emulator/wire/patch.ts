import { list, object, objects, text, type JsonObject, type JsonValue } from "./json";

/** Applies the `patchOperations` of an API Gateway update to what it updates. */
export function applyPatch(target: JsonObject, body: JsonObject): JsonObject {
  return objects(body.patchOperations).reduce<JsonObject>((patched, { op, path, value }) => {
    const keys = text(path).split("/").slice(1).map(unescaped);
    return object(patchAt(patched, keys, text(op), value));
  }, target);
}

function patchAt(target: JsonValue, [key, ...rest]: readonly string[], op: string, value: JsonValue): JsonValue {
  if (key === undefined) return coerced(value, target);
  // In a list the last key is the element itself: "/binaryMediaTypes/image~1png".
  if (Array.isArray(target)) {
    const others = list(target).filter((item) => item !== key);
    return op === "remove" ? others : [...others, key];
  }
  const parent = object(target);
  const { [key]: current, ...others } = parent;
  if (rest.length === 0 && op === "remove") return others;
  return { ...parent, [key]: patchAt(current, rest, op, value) };
}

// Every value of a patch is text, whatever the type of what it replaces.
function coerced(value: JsonValue, current: JsonValue): JsonValue {
  if (typeof current === "number") return Number(value);
  if (typeof current === "boolean") return value === "true";
  return value;
}

function unescaped(key: string): string {
  return key.replaceAll("~1", "/").replaceAll("~0", "~");
}
