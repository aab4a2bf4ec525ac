import { z } from "zod";
import { integer, matching, plainText, text } from "./primitives";
import { throttling } from "./throttling";

const methods = ["ANY", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

/** A method and a path that a service answers, taken apart. */
export interface RoutePattern {
  readonly method: (typeof methods)[number];
  /** Path segments without slashes; `{name}` is a parameter. */
  readonly segments: readonly string[];
  /** The route also answers every path below. */
  readonly greedy: boolean;
}

const segment = String.raw`(?:[A-Za-z0-9._~-]+|\{[A-Za-z_][A-Za-z0-9_]*\})`;

/** `<METHOD> <path>` or `<path>` for any method; `{name}` is a parameter, a final `*` everything below. */
const routeText = matching(
  new RegExp(String.raw`^(?:(?:${methods.join("|")}) )?(?:/|(?:/${segment})+|(?:/${segment})*/\*)$`),
  'is no route; write one such as "/*", "/orders/*", "POST /orders" or "GET /orders/{order_id}"',
)
  .refine((text) => text.split("/").length <= 9, "is too deep; write at most 8 segments")
  .max(128, "breaks AWS's limits on listener rules; write at most 128 characters");

const yes = z.literal(true, "is no choice here; write true, or leave it out");

const headerName = matching(/^[A-Za-z0-9-]{1,40}$/, 'is no name of a header; write one such as "X-Tenant"');

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html */
const conditionText = text
  .max(128, "breaks AWS's limits on listener rules; write at most 128 characters")
  .regex(/^[ -~]*$/, "holds what no header can hold; write letters, digits and signs of ASCII");

const hostPattern = conditionText.regex(
  /^[A-Za-z0-9.*?-]+$/,
  'is no host; write one such as "api.example.com" or "*.example.com"',
);

/** What a request must carry; API Gateway answers 400 by itself when it does not. */
const required = z.strictObject({
  /** Names of parameters in the query. @default [] */
  query: z.array(matching(/^[\w.-]+$/, 'is no name of a parameter; write one such as "page"')).default([]),
  /** @default [] */
  headers: z.array(headerName).default([]),
  /** JSON schema (draft 4) of a JSON body. @default - the body is not looked at */
  body: z
    .record(z.string(), z.json(), "is no JSON schema; write an object")
    .superRefine((schema, context) => {
      const wrong = textsOf(schema).flatMap((each) => plainText.safeParse(each).error?.issues ?? []);
      if (wrong[0] !== undefined) context.addIssue({ code: "custom", input: schema, message: wrong[0].message });
    })
    .optional(),
});

const routeObject = z.strictObject({
  /** `<METHOD> <path>`, or `<path>` for any method. */
  route: routeText,
  /** Answers without authorization, on a stage that has one. @default - the stage's authorization */
  public: yes.optional(),
  /** Scopes of the stage's user pool of which a caller must have one. @default [] */
  scopes: z.array(text).default([]),
  /** Whether the caller must send one of the stage's API keys. @default - not asked for */
  apiKey: yes.optional(),
  /** Limits of this route, within the stage's. @default - the stage's */
  throttling: throttling.optional(),
  /** What a request must carry. @default - nothing */
  required: required.optional(),
  /** Host names that the route answers, `*` and `?` allowed, on public ALBs only; none are all. @default [] */
  hosts: z.array(hostPattern).max(4, "is too long; write at most 4, or several routes").default([]),
  /** A header and the values it may have; public ALBs only. @default - every request */
  header: z
    .strictObject({
      name: headerName,
      values: z.array(conditionText).min(1, "is empty; write a value").max(3, "is too long; write at most 3"),
    })
    .optional(),
  /** Place of the route's listener rule, when the computed one is taken. @default - computed from the route */
  priority: integer(49000, 50000).optional(),
});

/** A route as a validated stage holds it: with its text taken apart. */
export const parsedRoute = routeObject.omit({ route: true }).extend({
  /** `<METHOD> <path>`, as it is written in the stage file. */
  text: routeText,
  method: z.enum(methods),
  segments: z.array(z.string()).readonly(),
  greedy: z.boolean(),
});

export type Route = Readonly<z.output<typeof parsedRoute>>;

/** A route of a service: its text alone, or with what is asked of its callers. */
export const route = z
  .union([routeText.transform((text) => ({ route: text })).pipe(routeObject), routeObject])
  .transform(({ route: text, ...rest }): Route => ({ text, ...parseRoute(text), ...rest }));

/** Takes a valid route's text apart. */
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

/** What two routes must not share: parameters are alike whatever their name, and so are hosts in any order. */
export function routeKey({ method, segments, greedy, hosts, header }: Route): string {
  const path = segments.map((part) => (part.startsWith("{") ? "{}" : part)).join("/");
  const conditions = [...hosts, ...(header === undefined ? [] : [header.name.toLowerCase(), ...header.values])];
  return [method, `/${path}${greedy ? "*" : ""}`, ...conditions.toSorted()].join(" ");
}

/** Every text of a JSON value, and every name in it. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => [name, ...textsOf(each)]);
}
