import type { JsonObject } from "../wire/json";

/** How to list one type of resource of one service, and how to name what is listed. */
export interface Reader {
  /** Signing name of the service. */
  readonly service: string;
  /** AWS's own word for the resource: "Subnet", "Target group". */
  readonly type: string;
  readonly request: ReaderRequest;
  /** Path of the items in the answer; lists on the way are flattened. */
  readonly items: string;
  /** Path of the name in an item; "" if the item is the name itself. */
  readonly name: string;
  /** Whether AWS makes it by itself and keeps it. @default - never */
  readonly ignore?: (item: JsonObject) => boolean;
  /** Why an item outlives its deletion, or undefined if it is not deleted. @default - never */
  readonly lingering?: (item: JsonObject) => string | undefined;
  /** Whether the service exists once for all regions. @default false */
  readonly global?: boolean;
  /** Whether a fresh account has some of them, so that they have to be compared. @default false */
  readonly defaults?: boolean;
  /** Readers of what belongs to an item. @default - none */
  readonly within?: (item: JsonObject) => readonly Reader[];
}

export interface ReaderRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** "{account}" in it stands for the account. */
  readonly body?: string;
}

type Rest = Omit<Reader, "service" | "type" | "request" | "items" | "name">;

/** Makes readers of a service of the Query and EC2 protocols. */
export function queryReaders(service: string, version: string, shared: Rest = {}) {
  const [open, close] = service === "ec2" ? ["", ""] : ["Result.", ""];
  return (type: string, call: string, items: string, name: string, rest: Rest = {}): Reader => {
    const [action = ""] = call.split("&");
    const body = `Action=${call}&Version=${version}`;
    const headers = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
    const path = `${action}Response.${open ? `${action}${open}` : ""}${items}${close}`;
    return { service, type, request: { method: "POST", headers, body }, items: path, name, ...shared, ...rest };
  };
}

/** Makes readers of a service of the JSON protocols. */
export function jsonReaders(service: string, prefix: string, shared: Rest = {}) {
  return (
    type: string,
    operation: string,
    items: string,
    name: string,
    { input = {}, ...rest }: Rest & { input?: JsonObject } = {},
  ): Reader => {
    const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": `${prefix}.${operation}` };
    const request = { method: "POST", headers, body: JSON.stringify(input) };
    return { service, type, request, items, name, ...shared, ...rest };
  };
}

/** Makes readers of a service of the REST protocols. */
export function restReaders(service: string, shared: Rest = {}) {
  return (type: string, path: string, items: string, name: string, rest: Rest = {}): Reader => ({
    service,
    type,
    request: { path },
    items,
    name,
    ...shared,
    ...rest,
  });
}
