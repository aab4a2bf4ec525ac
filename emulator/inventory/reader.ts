import type { JsonObject } from "../wire/json";

/** How the inventory lists one resource type of a service. */
export interface Reader {
  /** Signing name of the service. */
  readonly service: string;
  /** The resource type in AWS's words, such as "Target group"; "" when only the inner readers list anything. */
  readonly type: string;
  readonly request: ReaderRequest;
  /** Path of the items in the response; lists along the path are flattened. */
  readonly items: string;
  /** Path of the name in an item; "" when the item is the name. */
  readonly name: string;
  /** Whether AWS itself creates and keeps an item, so that it is not listed. @default - every item is listed */
  readonly ignore?: (item: JsonObject) => boolean;
  /** Reason why AWS still lists an item after its deletion; undefined when it is not deleted. @default - no item is deleted */
  readonly lingering?: (item: JsonObject) => string | undefined;
  /** Whether the service is global. @default false */
  readonly global?: boolean;
  /** Whether a new account has resources of this type, such as its default VPC. @default false */
  readonly defaults?: boolean;
  /** Readers of the resources inside an item. @default - none */
  readonly within?: (item: JsonObject) => readonly Reader[];
}

/** The call that lists the resources. */
export interface ReaderRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** "{account}" is replaced by the account id. */
  readonly body?: string;
}

type ReaderOptions = Omit<Reader, "service" | "type" | "request" | "items" | "name">;

/** A function that creates readers of a service with the Query or EC2 protocol. */
export function queryReaders(service: string, version: string, shared: ReaderOptions = {}) {
  return (type: string, call: string, items: string, name: string, options: ReaderOptions = {}): Reader => {
    const [action = ""] = call.split("&");
    const body = `Action=${call}&Version=${version}`;
    const headers = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
    // Only the EC2 protocol has no element for the result.
    const root = service === "ec2" ? `${action}Response` : `${action}Response.${action}Result`;
    const request = { method: "POST", headers, body };
    return { service, type, request, items: `${root}.${items}`, name, ...shared, ...options };
  };
}

/** A function that creates readers of a service with an AWS JSON protocol. */
export function jsonReaders(service: string, prefix: string, shared: ReaderOptions = {}) {
  return (
    type: string,
    operation: string,
    items: string,
    name: string,
    { input = {}, ...options }: ReaderOptions & { input?: JsonObject } = {},
  ): Reader => {
    const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": `${prefix}.${operation}` };
    const request = { method: "POST", headers, body: JSON.stringify(input) };
    return { service, type, request, items, name, ...shared, ...options };
  };
}

/** A function that creates readers of a service with a REST protocol. */
export function restReaders(service: string, shared: ReaderOptions = {}) {
  return (type: string, path: string, items: string, name: string, options: ReaderOptions = {}): Reader => ({
    service,
    type,
    request: { path },
    items,
    name,
    ...shared,
    ...options,
  });
}
