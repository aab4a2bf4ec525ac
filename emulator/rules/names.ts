import { text, type JsonValue } from "../wire/json";

/** Whether two names are the same to RDS and ElastiCache, which store names in lower case. */
export function isName(one: JsonValue, other: JsonValue): boolean {
  return text(one) !== "" && text(one).toLowerCase() === text(other).toLowerCase();
}
