import { createHash } from "node:crypto";
import { object, objects, text, type JsonObject, type JsonValue } from "../../../wire/json";

const locations: Readonly<Record<string, string>> = { path: "path", query: "querystring", header: "header" };

/** The request parameters of a method: those of its path and its own, and whether each is required. */
export function parametersOf(document: JsonObject, item: JsonObject, operation: JsonObject): JsonObject {
  const all = [...objects(item.parameters), ...objects(operation.parameters)].map((each) => resolved(document, each));
  return Object.fromEntries(
    all.flatMap(({ name, in: location, required }) => {
      const place = locations[text(location)];
      return place === undefined ? [] : [[`method.request.${place}.${text(name)}`, required === true]];
    }),
  );
}

/** The headers that a method response declares. */
export function responseHeaders({ headers }: JsonObject): JsonObject {
  return Object.fromEntries(Object.keys(object(headers)).map((name) => [`method.response.header.${name}`, false]));
}

/** The models of a request or response body, by media type. */
export function bodyModels(content: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(content).flatMap(([type, media]) => {
      const { schema } = object(media);
      return schema == null ? [] : [[type, modelName(object(schema))]];
    }),
  );
}

/** Schemas inside operations, which become models with a name of API Gateway's own. */
export function inlineModels(document: JsonObject): readonly (readonly [name: string, schema: JsonObject])[] {
  const operations = Object.values(object(document.paths)).flatMap((item) => Object.values(object(item)).map(object));
  const bodies = operations.flatMap(({ requestBody, responses }) => [
    object(requestBody),
    ...Object.values(object(responses)).map(object),
  ]);
  const schemas = bodies.flatMap(({ content }) =>
    Object.values(object(content)).map((media) => object(object(media).schema)),
  );
  const inline = schemas.filter((schema) => Object.keys(schema).length > 0 && schema.$ref === undefined);
  return [...new Map(inline.map((schema) => [modelName(schema), schema]))];
}

function modelName(schema: JsonObject): string {
  const named = text(schema.$ref).split("/").at(-1) ?? "";
  if (named !== "") return named;
  return `MODEL${createHash("sha1").update(JSON.stringify(schema)).digest("hex").slice(0, 6)}`;
}

function resolved(document: JsonObject, value: JsonObject): JsonObject {
  const path = text(value.$ref).split("/").slice(1);
  return path.length === 0 ? value : object(path.reduce<JsonValue>((current, key) => object(current)[key], document));
}
