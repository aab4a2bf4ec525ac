import type { Call } from "../proxy/call";
import { isJsonObject, type JsonObject, type JsonValue } from "../wire/json";
import { parseXml } from "../wire/xml";
import type { Model, Ref } from "./model";
import { unknownMember, type Problems } from "./problem";
import { scalar } from "./scalar";
import { XmlReader } from "./xml-body";

/** An operation of a REST protocol, with the labels of its path. */
export interface RestMatch {
  readonly model: Model;
  readonly route: Route;
  readonly labels: Readonly<Record<string, string>>;
}

interface Route {
  readonly name: string;
  readonly method: string;
  readonly path: RegExp;
  readonly labels: readonly string[];
  /** Parameters of the query that the operation always has, such as "policy". */
  readonly literals: readonly (readonly [name: string, value: string])[];
  /** Number of characters of the path that are no label. */
  readonly fixed: number;
  readonly isDeprecated: boolean;
}

type Head = Pick<Call, "method" | "path" | "query" | "headers">;

const routes = new WeakMap<Model, readonly Route[]>();
/** Parameters of a signed URL, and the name of the operation that some SDKs add. */
const signing = /^(x-amz-|x-id$)/i;

/** Finds the operation of a REST protocol by method, path, query and headers. */
export function matchRest(models: readonly Model[], head: Head): RestMatch | undefined {
  const path = head.path.replace(/(.)\/$/, "$1");
  let best: (RestMatch & { readonly score: number }) | undefined;
  for (const model of models) {
    const all = routes.get(model) ?? Object.keys(model.operations).map((name) => routeOf(model, name));
    routes.set(model, all);
    for (const route of all) {
      if (route.method !== head.method) continue;
      const match = route.path.exec(path);
      if (!match || !route.literals.every(([name, value]) => hasLiteral(head.query, name, value))) continue;
      const score = scoreOf(model, route, head);
      if (best && score <= best.score) continue;
      const labels = Object.fromEntries(route.labels.map((label, index) => [label, decode(match[index + 1] ?? "")]));
      best = { model, route, labels, score };
    }
  }
  return best;
}

/** Whether the payload of the operation is a stream of bytes, such as an S3 object. */
export function isStreaming({ model, route }: RestMatch): boolean {
  const input = model.shapes[model.operations[route.name]?.input?.shape ?? ""];
  const payload = input?.payload === undefined ? undefined : input.members?.[input.payload];
  return payload !== undefined && model.shapes[payload.shape]?.streaming === true;
}

/** Reads the input of an operation. */
export function readRest(match: RestMatch, { query, headers }: Head, body: Buffer, problems: Problems): JsonObject {
  const { model, route, labels } = match;
  const shape = model.shapes[model.operations[route.name]?.input?.shape ?? ""];
  const input: Record<string, JsonValue> = {};
  const inBody: Record<string, Ref> = {};
  const known = new Set(route.literals.map(([name]) => name));
  let rest: string | undefined;
  for (const [name, ref] of Object.entries(shape?.members ?? {})) {
    const type = model.shapes[ref.shape]?.type ?? "string";
    const wire = ref.locationName ?? name;
    if (ref.location === "uri") {
      if (labels[wire] !== undefined) input[name] = scalar(type, labels[wire], name, problems);
    } else if (ref.location === "querystring") {
      known.add(wire);
      if (type === "map") rest = name;
      else if (query.has(wire)) {
        input[name] = type === "list" ? query.getAll(wire) : scalar(type, query.get(wire) ?? "", name, problems);
      }
    } else if (ref.location === "header") {
      const value = headers[wire.toLowerCase()];
      if (typeof value === "string" && type !== "list") input[name] = scalar(type, value, name, problems);
    } else if (ref.location === undefined && name !== shape?.payload) {
      inBody[name] = ref;
    }
  }
  const others = [...query].filter(([name]) => !known.has(name) && !signing.test(name));
  if (rest !== undefined) input[rest] = Object.fromEntries(others);
  else for (const [name] of others) problems.add(`?${name}`, unknownMember);
  return { ...input, ...readBody(match, inBody, body, problems) };
}

function readBody(
  { model, route }: RestMatch,
  members: Readonly<Record<string, Ref>>,
  body: Buffer,
  problems: Problems,
): JsonObject {
  const { payload, members: all } = model.shapes[model.operations[route.name]?.input?.shape ?? ""] ?? {};
  const isXml = model.metadata.protocol === "rest-xml";
  if (payload !== undefined) {
    const ref = all?.[payload];
    const type = ref && model.shapes[ref.shape]?.type;
    if (!ref || body.length === 0) return {};
    // A blob is base64, as in the other protocols.
    if (type !== "structure") return { [payload]: body.toString(type === "blob" ? "base64" : "utf8") };
    if (isXml) return { [payload]: new XmlReader(model, problems).value(ref, parseXml(body), payload) };
    return { [payload]: parseBody(body, problems) };
  }
  if (body.toString().trim() === "") return {};
  if (isXml) return new XmlReader(model, problems).structure(members, parseXml(body), "");
  const parsed = parseBody(body, problems);
  if (!isJsonObject(parsed)) return {};
  const names = new Map(Object.entries(members).map(([name, ref]) => [ref.locationName ?? name, name]));
  return Object.fromEntries(Object.entries(parsed).map(([key, value]) => [names.get(key) ?? key, value]));
}

/** Parses a JSON body; malformed JSON is a problem. */
export function parseBody(body: Buffer, problems: Problems): JsonValue {
  const text = body.toString();
  if (text.trim() === "") return {};
  try {
    const value = JSON.parse(text) as JsonValue; // untyped; a JsonValue is exactly what it can return
    if (!isJsonObject(value)) problems.add("", "the body must be a JSON object");
    return value;
  } catch {
    problems.add("", "the body must be valid JSON");
    return undefined;
  }
}

function routeOf(model: Model, name: string): Route {
  const { http, deprecated = false } = model.operations[name] ?? { http: { method: "", requestUri: "" } };
  const [uri = "", query = ""] = http.requestUri.split("?");
  const source = uri
    .replace(/(.)\/$/, "$1")
    .replace(/\{([\w-]+)(\+?)\}|[.*+?^${}()|[\]\\]/g, (text, label: string | undefined, greedy: string) =>
      label === undefined ? `\\${text}` : greedy ? "(.+)" : "([^/]+)",
    );
  return {
    name,
    method: http.method,
    path: new RegExp(`^${source}$`),
    labels: [...uri.matchAll(/\{([\w-]+)\+?\}/g)].map(([, label = ""]) => label),
    literals: [...new URLSearchParams(query)],
    fixed: uri.replace(/\{[^}]*\}/g, "").length,
    isDeprecated: deprecated,
  };
}

function hasLiteral(query: URLSearchParams, name: string, value: string): boolean {
  return query.has(name) && (value === "" || query.get(name) === value);
}

// Of the operations on one path: the one that the SDK names, then the one that lacks nothing, and knows most of what was sent.
function scoreOf(model: Model, route: Route, { query, headers }: Head): number {
  const shape = model.shapes[model.operations[route.name]?.input?.shape ?? ""];
  let score = (query.get("x-id") === route.name ? 1e6 : 0) + (route.isDeprecated ? 0 : 1e5);
  score += route.fixed * 100 + route.literals.length * 10;
  for (const [member, ref] of Object.entries(shape?.members ?? {})) {
    const wire = ref.locationName ?? member;
    if (ref.location !== "header" && ref.location !== "querystring") continue;
    const isSent = ref.location === "header" ? headers[wire.toLowerCase()] !== undefined : query.has(wire);
    const isRequired = shape?.required?.includes(member) ?? false;
    if (isSent) score += isRequired ? 20 : 1;
    else if (isRequired) score -= 1000;
  }
  return score;
}

function decode(label: string): string {
  try {
    return decodeURIComponent(label);
  } catch {
    return label;
  }
}
