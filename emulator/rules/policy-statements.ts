import { isJsonObject, list, object, objects, parseJson, text, type JsonObject, type JsonValue } from "../wire/json";

/** The statements of a policy as JSON text. */
export function statementsOf(policy: JsonValue): readonly JsonObject[] {
  const { Statement } = parseJson(text(policy));
  return isJsonObject(Statement) ? [Statement] : objects(Statement);
}

/** The values of an element that has one or a list of them. */
export function values(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? list(value) : [value];
}

/** Whether a principal is everyone. */
export function isEveryone(principal: JsonValue): boolean {
  return principal === "*" || values(object(principal).AWS).includes("*");
}

/**
 * Whether a statement allows everyone, over TLS or not, or from most addresses; one with other conditions counts as limited.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function isPublic({ Effect, Principal, Condition }: JsonObject): boolean {
  const conditions = Object.values(object(Condition)).flatMap((operator) => Object.entries(object(operator)));
  return Effect === "Allow" && isEveryone(Principal) && conditions.every(([key, value]) => isWide(key, value));
}

function isWide(key: string, value: JsonValue): boolean {
  if (key.toLowerCase() === "aws:securetransport") return true;
  return key.toLowerCase() === "aws:sourceip" && values(value).some((range) => isWideRange(text(range)));
}

/** Whether a range of addresses is wider than /8, or /32 of IPv6. */
function isWideRange(range: string): boolean {
  const [address = "", prefix] = range.split("/");
  return prefix !== undefined && Number(prefix) < (address.includes(":") ? 32 : 8);
}
