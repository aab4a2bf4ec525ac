import { z } from "zod";
import { choice, matching, onlyTrue, variants } from "./primitives";

const hostName = (example: string) =>
  matching(
    /^(?=.{1,64}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])?$/,
    `must be a host name of at most 64 characters; write one such as "${example}"`,
  );

/** ARN of an ACM certificate. */
export const certificateArn = matching(
  /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]+$/,
  'must be the ARN of an ACM certificate; write one such as "arn:aws:acm:us-east-1:111122223333:certificate/<id>"',
);

/** Path that the Route 53 health check requests; its route must be public. */
const healthCheckPath = matching(/^\/[\w./~-]*$/, 'must be a path; write one such as "/health"').default("/health");

const severalRegions = {
  healthCheckPath,
  /**
   * Accepts that each region has data of its own, which is not replicated: a caller whom Route 53 sends to another region does
   * not find there what the first one stored. Required with `postgres`, `tables`, `uploads` and file systems.
   * @default - such data is refused
   */
  allowRegionalData: onlyTrue.optional(),
  /**
   * Accepts that each region has a user pool of its own: a caller whom Route 53 sends to another region is signed out, and
   * unknown there.
   * @default - stacks that share the name have the same user pool
   */
  allowRegionalUsers: onlyTrue.optional(),
};

/** A custom domain name. */
export const domain = z
  .strictObject(
    {
      /** Host name of the API, such as `api.example.com`. */
      name: hostName("api.example.com"),
      /** Public hosted zone of Route 53 in the stage's account that contains the name, such as `example.com`. */
      hostedZone: hostName("example.com"),
      /** Certificate for the name and, with `latency` or `failover`, for the health-checked name `<region>.<name>`. */
      certificate: z.discriminatedUnion(
        "source",
        [
          z.strictObject({
            /** Requested from ACM and validated by DNS records in the hosted zone. */
            source: z.literal("create"),
          }),
          z.strictObject({
            /** An existing certificate in the region of the stage. */
            source: z.literal("existing"),
            arn: certificateArn,
          }),
        ],
        'must be a certificate; write { source: "create" } or { source: "existing", arn: ... }',
      ),
      /**
       * Routing policy of the DNS records, when several stacks share the name.
       * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy.html
       * @default { policy: "simple" }
       */
      routing: z
        .discriminatedUnion(
          "policy",
          [
            z.strictObject({ policy: z.literal("simple") }),
            z.strictObject({ policy: z.literal("latency"), ...severalRegions }),
            z.strictObject({
              policy: z.literal("failover"),
              role: choice("primary", "secondary"),
              ...severalRegions,
            }),
          ],
          variants("policy", "simple", "latency", "failover"),
        )
        .default({ policy: "simple" }),
    },
    "must be a domain; write { name, hostedZone, certificate }",
  )
  .refine(({ name, hostedZone }) => name === hostedZone || name.endsWith(`.${hostedZone}`), {
    path: ["hostedZone"],
    error: "must contain the domain's name; write the zone that the name ends with",
  });

export type Domain = z.output<typeof domain>;

const certifiable = /^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])?$/;

/** Whether ACM issues certificates for a host, and Route 53 has records of it: a host name, or `*.` before one. */
export function isCertifiable(host: string): boolean {
  return certifiable.test(host.toLowerCase());
}

/** Whether a host has the wildcards of listener rules. */
export function isPattern(host: string): boolean {
  return /[*?]/.test(host);
}

/** Whether a host is in the hosted zone of a domain. */
export function isInZone(host: string, { hostedZone }: Pick<Domain, "hostedZone">): boolean {
  const lower = host.toLowerCase();
  return lower === hostedZone || lower.endsWith(`.${hostedZone}`);
}
