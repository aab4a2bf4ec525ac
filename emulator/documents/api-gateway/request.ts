import { patchedProperties } from "../../gaps/api-gateway/patch";
import { service } from "../../rules/api-gateway/reference";
import type { JsonObject } from "../../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { isSet } from "../values";

/** A rule on the settings that a request gives. */
export type SettingsRule = (settings: JsonObject) => Refusal | undefined;

/** Methods of resources and routes. */
export const verbs: readonly string[] = ["GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "HEAD", "ANY"];

/** The refusal of a request to API Gateway. */
export function badRequest(message: string): Refusal {
  return { code: "BadRequestException", message };
}

/** The refusal of a method that API Gateway does not know. */
export function wrongVerb(verb: string): Refusal | undefined {
  return verbs.includes(verb.toUpperCase())
    ? undefined
    : badRequest(`Invalid HttpMethod specified. Valid options are ${verbs.join(",")}`);
}

/**
 * A check of requests to REST APIs (V1), for the settings of a creation and of patch operations alike.
 *
 * https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html
 */
export function restCheck(
  operations: readonly string[],
  source: string,
  rules: readonly SettingsRule[],
): DocumentCheck {
  return {
    service,
    operations,
    source,
    check: (input) => (isV2(input) ? undefined : firstRefusal(rules, settingsOf(input))),
  };
}

/** A check of requests to HTTP and WebSocket APIs (V2). */
export function httpCheck(
  operations: readonly string[],
  source: string,
  rules: readonly SettingsRule[],
): DocumentCheck {
  return {
    service,
    operations,
    source,
    check: (input) => (isV2(input) ? firstRefusal(rules, input) : undefined),
  };
}

/** The settings that a request to REST APIs gives: its parameters, or what its patch operations add or replace. */
export function settingsOf(input: JsonObject): JsonObject {
  return isSet(input.patchOperations) ? patchedProperties({}, input) : input;
}

// Some operations of both have one name; all parameters of V2, and none of V1, begin with a capital.
function isV2(input: JsonObject): boolean {
  return Object.keys(input).some((name) => /^[A-Z]/.test(name));
}
