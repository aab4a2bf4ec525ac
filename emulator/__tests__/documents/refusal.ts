import { documentChecks, type Refusal } from "../../documents";
import type { JsonObject } from "../../wire/json";

/** What AWS replies to a request that one of the checks refuses. */
export function refusalOf(service: string, operation: string, input: JsonObject): Refusal | undefined {
  const checks = documentChecks.filter((check) => check.service === service && check.operations.includes(operation));
  if (checks.length === 0) throw new Error(`no check of ${service} ${operation}`);
  return checks.map(({ check }) => check(input)).find((refusal) => refusal !== undefined);
}
