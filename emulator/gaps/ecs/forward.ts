import type { Forward, RequestChanges } from "../../proxy/gap";
import { parseJson, type JsonObject } from "../../wire/json";

/**
 * Changes a request into one of another operation.
 *
 * @param input input of the other operation; that of the request when omitted
 */
export function operation(name: string, input?: JsonObject): RequestChanges {
  return {
    headers: { "x-amz-target": `AmazonEC2ContainerServiceV20141113.${name}` },
    ...(input !== undefined && { body: JSON.stringify(input) }),
  };
}

/** The output of an operation of moto. */
export async function describe(forward: Forward, name: string, input: JsonObject): Promise<JsonObject> {
  return parseJson((await forward(operation(name, input))).body);
}
