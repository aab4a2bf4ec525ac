import { z } from "zod";
import { unsupportedKeyword } from "./json-schema";
import { integer, matching, onlyTrue, plainText, text } from "./primitives";

const methods = ["ANY", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

/** Method and path of a route, parsed. */
export interface RoutePattern {
  readonly method: (typeof methods)[number];
  /** Path segments without slashes; `{name}` is a parameter. */
  readonly segments: readonly string[];
  /** Whether the route also matches every path below. */
  readonly greedy: boolean;
}

/** Rate limit of API Gateway, above which it answers 429. */
export const throttling = z.strictObject({
  /** Steady-state requests per second. */
  ratePerSecond: integer(1, 10000),
  /** Concurrent requests. */
  burst: integer(1, 5000),
});

const segment = String.raw`(?:[A-Za-z0-9._~-]+|\{[A-Za-z_][A-Za-z0-9_]*\})`;

/** `<METHOD> <path>`, or `<path>` for any method; `{name}` is a parameter, a final `*` matches everything below. */
const routeText = matching(
  new RegExp(String.raw`^(?:(?:${methods.join("|")}) )?(?:/|(?:/${segment})+|(?:/${segment})*/\*)$`),
  'must be a route; write one such as "/*", "/orders/*", "POST /orders" or "GET /orders/{order_id}"',
)
  .refine((text) => text.split("/").length <= 9, "must not have more than 8 segments; write a shorter path")
  .max(128, "is too long for a listener rule; write at most 128 characters");

/** Name of a request header. */
export const headerName = matching(
  /^[A-Za-z0-9-]{1,40}$/,
  'must be the name of a header; write one such as "X-Tenant"',
);

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html */
const conditionText = text
  .max(128, "is too long for a listener rule; write at most 128 characters")
  .regex(/^[ -~]*$/, "must not contain characters that headers exclude; write ASCII letters, digits and signs");

const hostPattern = conditionText.regex(
  /^[A-Za-z0-9.*?-]+$/,
  'must be a host name; write one such as "api.example.com" or "*.example.com"',
);

/** What API Gateway validates before it forwards a request; otherwise it answers 400. */
const required = z.strictObject({
  /** Names of required query parameters. @default [] */
  query: z.array(matching(/^[\w.-]+$/, 'must be the name of a query parameter; write one such as "page"')).default([]),
  /** Names of required headers. @default [] */
  headers: z.array(headerName).default([]),
  /** JSON schema (draft 4) of a JSON body. @default - the body is not validated */
  body: z
    .record(z.string(), z.json(), "must be a JSON schema; write an object")
    .superRefine((schema, context) => {
      const issues = textsOf(schema).flatMap((each) => plainText.safeParse(each).error?.issues ?? []);
      if (issues[0] !== undefined) context.addIssue({ code: "custom", input: schema, message: issues[0].message });
      const keyword = unsupportedKeyword(schema);
      const message = `must not contain "${keyword ?? ""}", which API Gateway does not validate; remove it`;
      if (keyword !== undefined) context.addIssue({ code: "custom", input: schema, message });
    })
    .optional(),
});

const routeObject = z.strictObject({
  /** `<METHOD> <path>`, or `<path>` for any method. */
  route: routeText,
  /** Whether the route needs no authorization on a stage that has one. @default - the stage's authorization */
  public: onlyTrue.optional(),
  /** OAuth scopes of which a token must have at least one. @default [] */
  scopes: z.array(text).default([]),
  /** Whether the caller must send one of the stage's API keys. @default - no key is required */
  apiKey: onlyTrue.optional(),
  /** Rate limit of this route, within the stage's. @default - the stage's */
  throttling: throttling.optional(),
  /** Request validation. @default - none */
  required: required.optional(),
  /**
   * Host names that the route matches, with the wildcards `*` and `?`; public ALBs only; an empty list matches all. Names in
   * the domain's hosted zone get DNS records, and are on the certificate that the stage creates; `*.` stands for one label there.
   * @default []
   */
  hosts: z
    .array(hostPattern)
    .max(4, "is too long for a listener rule; write at most 4 hosts, or several routes")
    .default([]),
  /** A header and the values that the route matches; public ALBs only. @default - every request */
  header: z
    .strictObject({
      name: headerName,
      values: z
        .array(conditionText)
        .min(1, "must not be empty; write a value")
        .max(3, "is too long for a listener rule; write at most 3 values"),
    })
    .optional(),
  /** Priority of the route's listener rule, when the computed one is taken. @default - computed from the route */
  priority: integer(49000, 50000).optional(),
});

/** A route of a validated stage, with its text parsed. */
export const parsedRoute = routeObject.omit({ route: true }).extend({
  /** `<METHOD> <path>`, as in the stage file. */
  text: routeText,
  method: z.enum(methods),
  segments: z.array(z.string()).readonly(),
  greedy: z.boolean(),
});

export type Route = Readonly<z.output<typeof parsedRoute>>;

/** A route of a service: its text alone, or an object with further fields. */
export const route = z
  .union([routeText.transform((text) => ({ route: text })).pipe(routeObject), routeObject])
  .transform(({ route: text, ...rest }): Route => ({ text, ...parseRoute(text), ...rest }));

/** Parses the text of a valid route. */
export function parseRoute(value: string): RoutePattern {
  const [path = "/", prefix] = value.split(" ").reverse();
  const segments = path.split("/").filter((part) => part !== "");
  const greedy = segments.at(-1) === "*";
  return {
    method: methods.find((method) => method === prefix) ?? "ANY",
    segments: greedy ? segments.slice(0, -1) : segments,
    greedy,
  };
}

/** Key that is equal for routes that match the same requests, whatever the names of parameters and the order of hosts. */
export function routeKey({ method, segments, greedy, hosts, header }: Route): string {
  const path = segments.map((part) => (part.startsWith("{") ? "{}" : part)).join("/");
  const conditions = [...hosts, ...(header === undefined ? [] : [header.name.toLowerCase(), ...header.values])];
  return [method, `/${path}${greedy ? "*" : ""}`, ...conditions.toSorted()].join(" ");
}

/** Every text of a JSON value, property names included. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => [name, ...textsOf(each)]);
}
