import { object, parseJson, scalarText, text, type JsonObject, type JsonValue } from "../../wire/json";
import { target, urlOf, type DataRequest, type DataResponse } from "../message";
import type { Trace } from "../trace";

/** What the values of parameter mappings refer to. */
export interface MappingValues {
  readonly request: DataRequest;
  /** Path of the request without the stage. */
  readonly path: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly stageVariables: JsonObject;
  /** Context variables, such as "identity.sourceIp". */
  readonly context: Readonly<Record<string, string>>;
  /** Answer of the integration. @default - there is none yet */
  readonly response?: DataResponse;
  readonly trace: Trace;
}

/**
 * The request with the parameter mappings of an integration applied.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 */
export function mapParameters(parameters: JsonValue, sent: DataRequest, values: MappingValues): DataRequest {
  let result = sent;
  for (const [key, template] of Object.entries(object(parameters))) {
    const [, operation = "", location = "", name = ""] =
      /^(append|overwrite|remove):(path|header|querystring)(?:\.(.+))?$/.exec(key) ?? [];
    const value = operation === "remove" ? "" : filled(text(template), values);
    if (location === "path") result = { ...result, path: value.startsWith("/") ? value : `/${value}` };
    if (location === "header")
      result = { ...result, headers: changedHeaders(result, operation, name.toLowerCase(), value) };
    if (location === "querystring") result = { ...result, query: changedQuery(result, operation, name, value) };
  }
  return result;
}

/** A text with its references to stage variables filled in. */
export function withStageVariables(template: string, variables: JsonObject): string {
  return template.replace(/\$\{stageVariables\.([\w.]+)\}/g, (_, name: string) => text(variables[name]));
}

/** The value of a mapping, with what it refers to filled in. */
export function filled(template: string, values: MappingValues): string {
  const whole = /^\$((?:request|response|context|stageVariables)\.[\w.-]+)$/.exec(template)?.[1];
  if (whole !== undefined) return valueOf(whole, values);
  return template.replace(/\$\{((?:request|response|context|stageVariables)\.[^}]+)\}/g, (_, name: string) =>
    valueOf(name, values),
  );
}

function valueOf(reference: string, values: MappingValues): string {
  const { request, path, pathParameters, stageVariables, context, response, trace } = values;
  const [root = "", ...keys] = reference.split(".");
  const rest = keys.join(".");
  if (root === "stageVariables") return text(stageVariables[rest]);
  if (root === "context") {
    if (context[rest] === undefined) trace.notEvaluated(`the context variable ${rest}`);
    return context[rest] ?? "";
  }
  const [part, ...names] = keys;
  const name = names.join(".");
  if (root === "response") return response === undefined ? "" : valueOfResponse(response, part, names);
  if (part === "path") return name === "" ? path : (pathParameters[name] ?? "");
  if (part === "header") return request.headers[name.toLowerCase()] ?? "";
  if (part === "querystring") return new URLSearchParams(request.query).getAll(name).join(",");
  if (part === "body") return name === "" ? request.body.toString() : bodyValue(request.body, names);
  return "";
}

function valueOfResponse({ headers, body }: DataResponse, part: string | undefined, names: readonly string[]): string {
  if (part === "header") return [headers[names.join(".").toLowerCase()] ?? []].flat().join(",");
  if (part !== "body") return "";
  return names.length === 0 ? body.toString() : bodyValue(body, names);
}

function bodyValue(body: Buffer, names: readonly string[]): string {
  try {
    return scalarText(names.reduce<JsonValue>((value, name) => object(value)[name], parseJson(body)));
  } catch {
    return "";
  }
}

function changedHeaders(
  { headers }: DataRequest,
  operation: string,
  name: string,
  value: string,
): DataRequest["headers"] {
  const { [name]: before, ...others } = headers;
  if (operation === "remove") return others;
  return { ...headers, [name]: operation === "append" && before !== undefined ? `${before},${value}` : value };
}

function changedQuery(request: DataRequest, operation: string, name: string, value: string): string {
  const query = new URLSearchParams(target(urlOf(request)).query);
  if (operation !== "append") query.delete(name);
  if (operation !== "remove") query.append(name, value);
  return query.toString();
}
