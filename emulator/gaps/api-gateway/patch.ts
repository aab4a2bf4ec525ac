import { list, object, objects, pick, text, type JsonObject, type JsonValue } from "../../wire/json";

/**
 * The properties that an update changes, with its `patchOperations` applied.
 *
 * https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html
 */
export function patchedProperties(target: JsonObject, body: JsonObject): JsonObject {
  const operations = objects(body.patchOperations).map(({ op, path, value }) => ({
    op: text(op),
    keys: text(path).split("/").slice(1).map(unescaped),
    value,
  }));
  const patched = operations.reduce<JsonValue>(
    (current, { op, keys, value }) => patchAt(current, keys, op, value),
    target,
  );
  const changed = operations.flatMap(({ keys }) => keys.slice(0, 1));
  // A removed property is null, which AWS's clients read as absent.
  return { ...Object.fromEntries(changed.map((key) => [key, null])), ...pick(object(patched), changed) };
}

// Their elements are added and removed by their value, under the path of the list itself.
const lists = ["authorizationScopes", "providerARNs"];

function patchAt(target: JsonValue, [key, ...rest]: readonly string[], op: string, value: JsonValue): JsonValue {
  if (key === undefined) return converted(value, target);
  // In a list of strings the last key is the element itself, as in "/binaryMediaTypes/image~1png".
  if (Array.isArray(target) && rest.length === 0 && !/^\d+$/.test(key)) {
    const others = list(target).filter((item) => item !== key);
    return op === "remove" ? others : [...others, key];
  }
  if (Array.isArray(target)) return list(target).with(Number(key), value);
  const { [key]: current, ...others } = object(target);
  if (rest.length === 0 && lists.includes(key) && text(value) !== "") {
    const without = list(current).filter((item) => item !== value);
    return { ...others, [key]: op === "remove" ? without : [...without, value] };
  }
  if (rest.length === 0 && op === "remove") return others;
  return { ...object(target), [key]: patchAt(current, rest, op, value) };
}

// Every value of a patch is a string, and takes the type of the value that it replaces.
function converted(value: JsonValue, current: JsonValue): JsonValue {
  if (typeof current === "number") return Number(value);
  if (typeof current === "boolean") return value === "true";
  if (current == null && (value === "true" || value === "false")) return value === "true";
  return value;
}

function unescaped(key: string): string {
  return key.replaceAll("~1", "/").replaceAll("~0", "~");
}
