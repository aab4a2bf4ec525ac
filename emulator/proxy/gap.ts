import type { OutgoingHttpHeaders } from "node:http";
import type { AwsRequest, Call } from "./call";

export type { AwsRequest } from "./call";

/** What moto does not emulate of one AWS service, and the handlers that add it. */
export interface Gap {
  /** Signing name of the service. */
  readonly service: string;
  readonly handlers: Handlers;
}

/** Handlers by operation ("CreateService") or by route ("PUT /{bucket}?policy"; "{arn+}" matches several segments). */
export type Handlers = Readonly<Record<string, Handler>>;

/** Handles one operation: forwards it to moto and edits the reply, or replies itself. */
export type Handler = (request: AwsRequest, forward: Forward) => Promise<Reply> | Reply;

/** Sends the request to moto, unchanged or with changes. */
export type Forward = (changes?: RequestChanges) => Promise<Reply>;

/** What replaces parts of a request on its way to moto. */
export interface RequestChanges {
  readonly method?: string;
  /** Path with the query. */
  readonly url?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: Buffer | string;
}

/** A reply to a call, of moto or of a gap. */
export interface Reply {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
  /** Message on the operation that moto does not implement. @default - moto implements it */
  readonly unanswered?: string;
}

/** The handler of a call, and the values of the placeholders in its route. */
export interface Match {
  readonly handler: Handler;
  readonly params: Readonly<Record<string, string>>;
}

interface Route {
  readonly service: string;
  readonly method: string;
  readonly pattern: RegExp;
  /** Parameter that the query must have. @default - any query matches */
  readonly query?: string;
  readonly handler: Handler;
}

/** The handlers of all gaps. */
export class Routes {
  private readonly operations = new Map<string, Handler>();
  private readonly routes: Route[] = [];

  constructor(gaps: readonly Gap[]) {
    for (const { service, handlers } of gaps) {
      for (const [key, handler] of Object.entries(handlers)) {
        const [method = "", target] = key.split(" ");
        const [path, query] = target?.split("?") ?? [];
        if (path === undefined) this.operations.set(`${service} ${key}`, handler);
        else this.routes.push({ service, method, pattern: patternOf(path), query, handler });
      }
    }
  }

  /** Matches a call by its operation, or else by method and path: the first route that matches is taken. */
  find({ service, method, path, query }: Call, operation: string): Match | undefined {
    const named = this.operations.get(`${service} ${operation}`);
    if (named) return { handler: named, params: {} };
    for (const route of this.routes) {
      if (route.service !== service || route.method !== method) continue;
      if (route.query !== undefined && !query.has(route.query)) continue;
      const groups = route.pattern.exec(path)?.groups;
      if (groups) return { handler: route.handler, params: decoded(groups) };
    }
    return undefined;
  }
}

// "/restapis/{api}" matches one segment, "/tags/{arn+}" all that follow.
function patternOf(path: string): RegExp {
  const source = path.replace(
    /\{(\w+)(\+?)\}/g,
    (_, name: string, rest: string) => `(?<${name}>${rest ? ".+" : "[^/]+"})`,
  );
  return new RegExp(`^${source}(?<slash>/?)$`);
}

function decoded(groups: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));
}
