import { BlockList, isIPv6 } from "node:net";
import { list, object, objects, text, type JsonObject, type JsonValue } from "../../wire/json";
import type { DataRequest } from "../message";

/**
 * Whether a request meets all conditions of a listener rule.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
export function meetsConditions(conditions: JsonValue, request: DataRequest): boolean {
  return objects(conditions).every((condition) => meets(condition, request));
}

/** Whether an address is in one of the CIDR blocks. */
export function isInCidrs(address: string, cidrs: readonly string[]): boolean {
  const blocks = new BlockList();
  for (const cidr of cidrs) {
    const [network = "", bits] = cidr.split("/");
    const family = isIPv6(network) ? "ipv6" : "ipv4";
    blocks.addSubnet(network, Number(bits ?? (family === "ipv6" ? 128 : 32)), family);
  }
  return blocks.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}

function meets(condition: JsonObject, { host, path, method, query, headers, sourceIp }: DataRequest): boolean {
  switch (text(condition.Field)) {
    case "host-header":
      return any(patterns(condition, "HostHeaderConfig"), host, "i");
    case "path-pattern":
      return any(patterns(condition, "PathPatternConfig"), path, "");
    case "http-header": {
      const value = headers[text(object(condition.HttpHeaderConfig).HttpHeaderName).toLowerCase()];
      return value !== undefined && any(patterns(condition, "HttpHeaderConfig"), value, "i");
    }
    case "http-request-method":
      return values(condition, "HttpRequestMethodConfig").includes(method);
    case "query-string":
      return meetsQuery(objects(object(condition.QueryStringConfig).Values), new URLSearchParams(query));
    case "source-ip":
      return isInCidrs(sourceIp, values(condition, "SourceIpConfig"));
    default:
      return false;
  }
}

function meetsQuery(pairs: readonly JsonObject[], query: URLSearchParams): boolean {
  return pairs.some(({ Key, Value }) =>
    [...query].some(([key, value]) => (Key == null || any([text(Key)], key, "i")) && any([text(Value)], value, "i")),
  );
}

/** The values of a condition, in the member of its type such as "HostHeaderConfig", or in that of older requests. */
export function values(condition: JsonObject, config: string): readonly string[] {
  const configured = list(object(condition[config]).Values);
  return (configured.length > 0 ? configured : list(condition.Values)).map(text);
}

function patterns(condition: JsonObject, config: string): readonly (string | RegExp)[] {
  const regular = [...list(condition.RegexValues), ...list(object(condition[config]).RegexValues)];
  return [...values(condition, config), ...regular.map((value) => new RegExp(text(value)))];
}

/** "*" matches any characters, "?" exactly one. */
function any(candidates: readonly (string | RegExp)[], value: string, flags: "i" | ""): boolean {
  return candidates.some((candidate) => {
    if (typeof candidate !== "string") return candidate.test(value);
    const source = candidate
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".");
    return new RegExp(`^${source}$`, `s${flags}`).test(value);
  });
}
