import type { InternalCall } from "../proxy/call";
import type { Reply } from "../proxy/gap";
import { isJsonObject, object, parseJson, scalarText, type JsonObject, type JsonValue } from "../wire/json";
import { buildXml, element, find, parseXml, type Element } from "../wire/xml";
import { formName, isFlattened } from "./form";
import type { Model, Ref } from "./model";
import { Problems } from "./problem";
import { XmlReader } from "./xml-body";

type Scope = Pick<InternalCall, "service" | "account" | "region">;

/** Builds the call of an operation from its input, as an SDK does. */
export function buildCall(model: Model, operation: string, input: JsonObject, scope: Scope): InternalCall {
  const { metadata, operations } = model;
  const { http, input: body } = operations[operation] ?? { http: { method: "POST", requestUri: "/" } };
  if (metadata.protocol.startsWith("rest-")) return buildRestCall(model, operation, input, scope);
  // A service with several protocols has a form first, which moto knows.
  if (isFormService(model)) {
    const form = new URLSearchParams({ Action: operation, Version: metadata.apiVersion });
    if (body) writeStructure(model, body.shape, input, "", form);
    const headers = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
    return { ...scope, method: "POST", headers, body: form.toString() };
  }
  const headers = {
    "content-type": `application/x-amz-json-${metadata.jsonVersion ?? "1.1"}`,
    "x-amz-target": `${metadata.targetPrefix ?? ""}.${operation}`,
  };
  return { ...scope, method: http.method, headers, body: JSON.stringify(input) };
}

/** Reads the output of an operation from a reply, by the names of the model. */
export function readOutput(model: Model, operation: string, reply: Pick<Reply, "body" | "headers">): JsonObject {
  const { protocol } = model.metadata;
  const { output } = model.operations[operation] ?? {};
  const shape = model.shapes[output?.shape ?? ""];
  if (!output || !shape) return {};
  // A reply may have more than the model knows, such as its metadata.
  const reader = new XmlReader(model, new Problems());
  if (isFormService(model)) {
    const root = parseXml(reply.body);
    return reader.structure(shape.members ?? {}, find(root, output.resultWrapper ?? "") ?? root, "");
  }
  if (!protocol.startsWith("rest-")) return parseJson(reply.body);
  const headers = Object.entries(shape.members ?? {}).flatMap(([name, ref]): [string, JsonValue][] => {
    const value = ref.location === "header" ? reply.headers[(ref.locationName ?? name).toLowerCase()] : undefined;
    return typeof value === "string" ? [[name, value]] : [];
  });
  const { payload } = shape;
  const payloadRef = payload === undefined ? undefined : shape.members?.[payload];
  const type = model.shapes[payloadRef?.shape ?? ""]?.type;
  if (payload !== undefined && type !== "structure") {
    return { ...Object.fromEntries(headers), [payload]: reply.body.toString() };
  }
  if (protocol === "rest-xml") {
    const root = parseXml(reply.body);
    const body = payloadRef
      ? { [payload ?? ""]: reader.value(payloadRef, root, "") }
      : reader.structure(shape.members ?? {}, root, "");
    return { ...Object.fromEntries(headers), ...body };
  }
  const body = parseJson(reply.body);
  const named = payload === undefined ? modelNamed(model, output.shape, body) : { [payload]: body };
  return { ...Object.fromEntries(headers), ...object(named) };
}

/** A value with the names of the model in place of those of the wire. */
export function modelNamed(model: Model, name: string, value: JsonValue): JsonValue {
  const shape = model.shapes[name];
  if (Array.isArray(value)) {
    return value.map((item: JsonValue) => modelNamed(model, shape?.member?.shape ?? "", item));
  }
  if (!isJsonObject(value) || !shape) return value;
  const members = new Map(Object.entries(shape.members ?? {}).map(([key, ref]) => [ref.locationName ?? key, key]));
  return Object.fromEntries(
    Object.entries(value).map(([wire, item]) => {
      const key = members.get(wire) ?? wire;
      return [key, modelNamed(model, shape.members?.[key]?.shape ?? shape.value?.shape ?? "", item)];
    }),
  );
}

/** The inverse of modelNamed. */
function wireNamed(model: Model, name: string, value: JsonValue): JsonValue {
  const shape = model.shapes[name];
  if (Array.isArray(value)) return value.map((item: JsonValue) => wireNamed(model, shape?.member?.shape ?? "", item));
  if (!isJsonObject(value) || !shape) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const ref = shape.members?.[key];
      return [ref?.locationName ?? key, wireNamed(model, ref?.shape ?? shape.value?.shape ?? "", item)];
    }),
  );
}

/** Whether a service takes forms, in the Query or EC2 protocol. */
export function takesForms(model: Model): boolean {
  // Older clients of Amazon SQS send forms; its model has JSON only.
  return isFormService(model) || model.name === "sqs";
}

function isFormService(model: Model): boolean {
  return model.metadata.protocol === "ec2" || isQuery(model);
}

/** Whether the emulator calls a service in the Query protocol: a service with several protocols has it, too. */
export function isQuery({ metadata }: Model): boolean {
  return metadata.protocol === "query" || (metadata.protocols?.includes("query") ?? false);
}

function writeStructure(model: Model, name: string, input: JsonObject, prefix: string, form: URLSearchParams): void {
  for (const [member, ref] of Object.entries(model.shapes[name]?.members ?? {})) {
    const value = input[member];
    if (value != null) writeValue(model, ref, value, `${prefix}${formName(model, member, ref)}`, form);
  }
}

function writeValue(model: Model, ref: Ref, value: JsonValue, name: string, form: URLSearchParams): void {
  const shape = model.shapes[ref.shape];
  if (shape?.type === "list" && Array.isArray(value)) {
    const { member } = shape;
    const isFlat = model.metadata.protocol === "ec2" || isFlattened(shape, ref);
    const items: readonly JsonValue[] = value;
    items.forEach((item, index) => {
      const path = isFlat ? name : `${name}.${member?.locationName ?? "member"}`;
      if (member) writeValue(model, member, item, `${path}.${index + 1}`, form);
    });
    if (items.length === 0 && model.metadata.protocol !== "ec2") form.set(name, "");
  } else if (shape?.type === "map" && isJsonObject(value)) {
    Object.entries(value).forEach(([key, item], index) => {
      const entry = `${name}${isFlattened(shape, ref) ? "" : ".entry"}.${index + 1}`;
      form.set(`${entry}.${shape.key?.locationName ?? "key"}`, key);
      if (shape.value) writeValue(model, shape.value, item, `${entry}.${shape.value.locationName ?? "value"}`, form);
    });
  } else if (shape?.type === "structure" && isJsonObject(value)) {
    writeStructure(model, ref.shape, value, `${name}.`, form);
  } else if (shape?.type === "timestamp" && typeof value === "number") {
    form.set(name, new Date(value * 1000).toISOString());
  } else {
    form.set(name, scalarText(value));
  }
}

function buildRestCall(model: Model, operation: string, input: JsonObject, scope: Scope): InternalCall {
  const { http, input: body } = model.operations[operation] ?? { http: { method: "GET", requestUri: "/" } };
  const shape = model.shapes[body?.shape ?? ""];
  const [uri = "/", literals = ""] = http.requestUri.split("?");
  const query = new URLSearchParams(literals);
  const headers: Record<string, string> = {};
  const members: [string, Ref, JsonValue][] = [];
  let path = uri;
  for (const [name, ref] of Object.entries(shape?.members ?? {})) {
    const value = input[name];
    if (value == null) continue;
    const wire = ref.locationName ?? name;
    if (ref.location === "uri") {
      path = path
        .replace(`{${wire}}`, () => encodeURIComponent(scalarText(value)))
        .replace(`{${wire}+}`, () => scalarText(value).split("/").map(encodeURIComponent).join("/"));
    } else if (ref.location === "querystring") {
      for (const item of Array.isArray(value) ? (value as JsonValue[]) : [value]) query.append(wire, scalarText(item)); // typed as any[] by isArray
    } else if (ref.location === "header") {
      headers[wire] = scalarText(value);
    } else {
      members.push([name, ref, value]);
    }
  }
  const url = query.size > 0 ? `${path}?${query.toString()}` : path;
  return { ...scope, method: http.method, path: url, headers, body: restBody(model, shape?.payload, body, members) };
}

function restBody(
  model: Model,
  payload: string | undefined,
  input: { readonly locationName?: string } | undefined,
  members: readonly [string, Ref, JsonValue][],
): string {
  if (members.length === 0) return "";
  const isXml = model.metadata.protocol === "rest-xml";
  const [first] = members;
  if (payload !== undefined && first) {
    const [name, ref, value] = first;
    const isBlob = model.shapes[ref.shape]?.type === "blob";
    if (typeof value === "string") return isBlob ? Buffer.from(value, "base64").toString() : value;
    return isXml
      ? buildXml(toElement(model, ref, value, ref.locationName ?? name))
      : JSON.stringify(wireNamed(model, ref.shape, value));
  }
  if (isXml) {
    const children = members.flatMap(([name, ref, value]) => toElements(model, ref, value, ref.locationName ?? name));
    return buildXml(element(input?.locationName ?? "", children));
  }
  return JSON.stringify(
    Object.fromEntries(
      members.map(([name, ref, value]) => [ref.locationName ?? name, wireNamed(model, ref.shape, value)]),
    ),
  );
}

function toElements(model: Model, ref: Ref, value: JsonValue, name: string): Element[] {
  const shape = model.shapes[ref.shape];
  const { member } = shape ?? {};
  if (!Array.isArray(value) || !shape || !member || !isFlattened(shape, ref)) {
    return [toElement(model, ref, value, name)];
  }
  return value.map((item: JsonValue) => toElement(model, member, item, member.locationName ?? name));
}

function toElement(model: Model, ref: Ref, value: JsonValue, name: string): Element {
  const shape = model.shapes[ref.shape];
  const { member } = shape ?? {};
  if (Array.isArray(value) && member) {
    return element(
      name,
      value.map((item: JsonValue) => toElement(model, member, item, member.locationName ?? "member")),
    );
  }
  if (!isJsonObject(value)) return element(name, scalarText(value));
  return element(
    name,
    Object.entries(shape?.members ?? {}).flatMap(([key, child]) =>
      value[key] == null ? [] : toElements(model, child, value[key], child.locationName ?? key),
    ),
  );
}
