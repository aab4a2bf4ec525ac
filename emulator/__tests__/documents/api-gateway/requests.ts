import type { JsonObject } from "../../../wire/json";
import { refusalOf } from "../refusal";

/** What API Gateway replies to a request that it refuses. */
export function message(operation: string, input: JsonObject): string | undefined {
  const refusal = refusalOf("apigateway", operation, input);
  if (refusal && refusal.code !== "BadRequestException") throw new Error(refusal.code);
  return refusal?.message;
}

/** The same for patch operations of a REST API, which replace the values at paths. */
export function patched(operation: string, ...changes: readonly [path: string, value?: string][]): string | undefined {
  const patchOperations = changes.map(([path, value]) => ({ op: "replace", path, value }));
  return message(operation, { restApiId: "a", patchOperations });
}
