import { reference, referenceV2 } from "../../rules/api-gateway/reference";
import { text, type JsonObject } from "../../wire/json";
import type { Refusal } from "../document";
import { isObject, isSet, valueOf } from "../values";
import { badRequest, httpCheck, restCheck } from "./request";

/** Names, media types and schemas of the models of REST APIs. */
export const newModels = restCheck(["CreateModel"], `${reference}/API_CreateModel.html`, [
  ({ name }) => wrongName(text(name)),
  contentType,
  schema,
]);

/** Schemas that models change to. */
export const changedModels = restCheck(["UpdateModel"], `${reference}/API_CreateModel.html`, [
  (settings) => (isSet(settings.schema) ? schema(settings) : undefined),
]);

/** Names of the models of WebSocket APIs. */
export const webSocketModels = httpCheck(["CreateModel", "UpdateModel"], `${referenceV2}/apis-apiid-models.html`, [
  ({ Name }) => (isSet(Name) ? wrongName(text(Name)) : undefined),
]);

/** The types of JSON Schema draft 4, in which models are written. */
const types = ["array", "boolean", "integer", "null", "number", "object", "string"];

function wrongName(name: string): Refusal | undefined {
  if (name === "") return badRequest("Model name must be non-empty");
  return /^[A-Za-z0-9]+$/.test(name) ? undefined : badRequest(`Model name must be alphanumeric: ${name}`);
}

function contentType({ contentType: type }: JsonObject): Refusal | undefined {
  return /^[\w.+-]+\/[\w.+*-]+$/.test(text(type))
    ? undefined
    : badRequest(`Invalid content type specified: ${text(type)}`);
}

/** The refusal of a schema of a model that has a media type. */
export function schema({ schema: written, contentType: type }: JsonObject): Refusal | undefined {
  if (text(written) === "") {
    return badRequest("Model schema must have at least 1 property or array items defined");
  }
  // What a model changes to has no media type.
  if (type !== "application/json") return undefined;
  const value = valueOf(text(written));
  const name = isObject(value) ? value.type : undefined;
  return isObject(value) && (typeof name !== "string" || types.includes(name))
    ? undefined
    : badRequest(
        "Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema specified]",
      );
}
