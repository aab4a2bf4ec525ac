import type { Change } from "../../proxy/gap";
import type { JsonObject } from "../../wire/json";

/** Another operation of ECS in place of the one that was asked for. @param input its input; that of the call when left out */
export function instead(operation: string, input?: JsonObject): Change {
  return {
    headers: { "x-amz-target": `AmazonEC2ContainerServiceV20141113.${operation}` },
    ...(input !== undefined && { body: JSON.stringify(input) }),
  };
}
