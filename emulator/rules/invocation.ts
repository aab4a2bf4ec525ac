import { isJsonObject, text, type JsonObject } from "../wire/json";
import { statementsOf, values } from "./policy-statements";
import type { RuleCall } from "./rule";

/**
 * Whether the policy of a function lets a service invoke it. A function of another account, which the rules cannot read,
 * counts as invocable, as does one that does not exist.
 *
 * @param names names of the service's principal, such as "logs.amazonaws.com"
 */
export async function isInvocableBy(
  { account, region, ask }: RuleCall,
  functionArn: string,
  names: readonly string[],
): Promise<boolean> {
  if (!functionArn.includes(`:${region}:${account}:`)) return true;
  const { Configuration } = await ask("GetFunction", { FunctionName: functionArn }, "lambda");
  if (Configuration === undefined) return true;
  const { Policy } = await ask("GetPolicy", { FunctionName: functionArn }, "lambda");
  return statementsOf(Policy).some((statement) => letsInvoke(statement, names));
}

function letsInvoke({ Effect, Action, Principal }: JsonObject, names: readonly string[]): boolean {
  const principals = isJsonObject(Principal) ? values(Principal.Service) : values(Principal);
  return (
    Effect === "Allow" &&
    values(Action).some((action) => ["lambda:invokefunction", "lambda:*", "*"].includes(text(action).toLowerCase())) &&
    principals.some((principal) => principal === "*" || names.includes(text(principal)))
  );
}
