import type { Call } from "./call";
import type { Gap, Handler } from "./gap";

interface Route {
  readonly service: string;
  readonly method: string;
  readonly pattern: RegExp;
  /** Name that the query must have. @default - any query fits */
  readonly query?: string;
  readonly handler: Handler;
}

/** A handler and what the placeholders of its route stand for. */
export interface Match {
  readonly handler: Handler;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the handler of a call among all gaps. */
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

  /** The handler of a call: by its operation, or by method and path in the REST protocols. */
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

// "/restapis/{api}" takes one segment, "/tags/{arn+}" all the rest.
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
