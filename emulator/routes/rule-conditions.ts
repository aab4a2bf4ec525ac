import { values } from "../data-plane/load-balancer/conditions";
import type { DataRequest } from "../data-plane/message";
import { object, objects, text, type JsonObject, type JsonValue } from "../wire/json";

/** The requests that meet the conditions of a listener rule. */
export interface RuleMatch {
  /** Patterns. @default - every host name of the load balancer */
  readonly hosts?: readonly string[];
  /** Patterns. */
  readonly paths: readonly string[];
  /** "ANY" for all. */
  readonly methods: readonly string[];
  /** Other conditions for the route's name, such as " [header x-stage: beta]"; "" when there are none. */
  readonly others: string;
  /** What meets the other conditions. */
  readonly sample: Partial<DataRequest>;
}

/** The requests that meet conditions. */
export function matchOf(conditions: JsonValue): RuleMatch {
  const all = objects(conditions);
  const of = (field: string): JsonObject | undefined => all.find(({ Field }) => Field === field);
  const hosts = patterns(of("host-header"), "HostHeaderConfig");
  const paths = patterns(of("path-pattern"), "PathPatternConfig");
  const methods = values(of("http-request-method") ?? {}, "HttpRequestMethodConfig");
  const headers = all.filter(({ Field }) => Field === "http-header").map(headerOf);
  const query = all.filter(({ Field }) => Field === "query-string").map(queryOf);
  const sources = values(of("source-ip") ?? {}, "SourceIpConfig");
  return {
    ...(hosts.length > 0 && { hosts }),
    paths: paths.length > 0 ? paths : ["/*"],
    methods: methods.length > 0 ? methods : ["ANY"],
    others: [
      ...headers.map(({ name, pattern }) => ` [header ${name}: ${pattern}]`),
      ...query.map((pair) => ` [query ${pair}]`),
      ...(sources.length > 0 ? [` [from ${sources.join(", ")}]`] : []),
    ].join(""),
    sample: {
      headers: Object.fromEntries(headers.map(({ name, pattern }) => [name.toLowerCase(), sampleOf(pattern)])),
      query: query.map(sampleOf).join("&"),
      ...(sources[0] !== undefined && { sourceIp: sources[0].split("/")[0] ?? "" }),
    },
  };
}

/** A text that matches a pattern, and few other patterns: "*" are any characters, "?" is one. */
export function sampleOf(pattern: string): string {
  return pattern.replaceAll("*", "any").replaceAll("?", "a");
}

/** Patterns, with "regex:" before regular expressions. */
function patterns(condition: JsonObject | undefined, config: string): readonly string[] {
  if (!condition) return [];
  const regular = [condition, object(condition[config])].flatMap((each) => values(asValues(each.RegexValues), ""));
  return [...values(condition, config), ...regular.map((pattern) => `regex:${pattern}`)];
}

function asValues(Values: JsonValue): JsonObject {
  return { Values };
}

function headerOf(condition: JsonObject): { readonly name: string; readonly pattern: string } {
  const { HttpHeaderName } = object(condition.HttpHeaderConfig);
  return { name: text(HttpHeaderName), pattern: values(condition, "HttpHeaderConfig")[0] ?? "" };
}

function queryOf(condition: JsonObject): string {
  const [pair = {}] = objects(object(condition.QueryStringConfig).Values);
  return pair.Key == null ? `any=${text(pair.Value)}` : `${text(pair.Key)}=${text(pair.Value)}`;
}
