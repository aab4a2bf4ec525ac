import { isJsonObject, list, object, objects, text, type JsonObject, type JsonValue } from "../wire/json";
import type { RuleCall } from "./rule";

/**
 * Whether a service may assume a role: the role exists, and its trust policy allows it. A role of another account, which
 * the rules cannot read, counts as one that trusts.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-service.html
 */
export async function trustsService(
  { account, ask }: Pick<RuleCall, "account" | "ask">,
  roleArn: string,
  principal: string,
): Promise<boolean> {
  const [, , , , owner = "", resource = ""] = roleArn.split(":");
  if (owner !== account) return true;
  const { Role } = await ask("GetRole", { RoleName: resource.split("/").at(-1) ?? "" }, "iam");
  return statementsOf(text(object(Role).AssumeRolePolicyDocument)).some((statement) => allows(statement, principal));
}

function allows({ Effect, Action, Principal }: JsonObject, principal: string): boolean {
  const principals = isJsonObject(Principal) ? values(Principal.Service) : [];
  return (
    Effect === "Allow" &&
    values(Action).some((action) => ["sts:assumerole", "sts:*", "*"].includes(text(action).toLowerCase())) &&
    (Principal === "*" || principals.includes(principal))
  );
}

// IAM returns a policy document encoded as in a URL.
function statementsOf(encoded: string): readonly JsonObject[] {
  if (encoded === "") return [];
  const document = decodeURIComponent(encoded);
  const { Statement } = object(JSON.parse(document) as JsonValue); // JSON.parse is untyped
  return isJsonObject(Statement) ? [Statement] : objects(Statement);
}

function values(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? list(value) : [value];
}
