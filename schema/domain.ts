import { z } from "zod";
import { matching } from "./primitives";

const hostName = (example: string) =>
  matching(
    /^(?=.{1,64}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])?$/,
    `is no host name of at most 64 characters; write one such as "${example}"`,
  );

/** A certificate of ACM. */
export const certificateArn = matching(
  /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]+$/,
  'is no ARN of an ACM certificate; write one such as "arn:aws:acm:us-east-1:111122223333:certificate/<id>"',
);

/** Path that a health check of Route 53 asks; its route must be public. */
const healthCheckPath = matching(/^\/[\w./~-]*$/, 'is no path; write one such as "/health"').default("/health");

/** A host name of the team's own. */
export const domain = z
  .strictObject(
    {
      /** Name that callers use, such as `api.example.com`. */
      name: hostName("api.example.com"),
      /** Public hosted zone of Route 53 in the stage's account that holds the name, such as `example.com`. */
      hostedZone: hostName("example.com"),
      /** Certificate for the name; for `latency` and `failover` also for `<region>.<name>`, which health checks ask. */
      certificate: z.discriminatedUnion(
        "source",
        [
          z.strictObject({
            /** Made by ACM and validated by records in the hosted zone. */
            source: z.literal("create"),
          }),
          z.strictObject({
            /** One that exists, in the region of the stage. */
            source: z.literal("existing"),
            arn: certificateArn,
          }),
        ],
        'is no source of a certificate; write { source: "create" } or { source: "existing", arn: ... }',
      ),
      /**
       * How the stacks that share the name divide its callers; a name that one stack has alone is `simple`.
       * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy.html
       * @default { policy: "simple" }
       */
      routing: z
        .discriminatedUnion(
          "policy",
          [
            z.strictObject({ policy: z.literal("simple") }),
            z.strictObject({ policy: z.literal("latency"), healthCheckPath }),
            z.strictObject({
              policy: z.literal("failover"),
              role: z.enum(["primary", "secondary"], 'is no role; write "primary" or "secondary"'),
              healthCheckPath,
            }),
          ],
          'is no policy; write "simple", "latency" or "failover"',
        )
        .default({ policy: "simple" }),
    },
    "is no domain; write { name, hostedZone, certificate }",
  )
  .refine(({ name, hostedZone }) => name === hostedZone || name.endsWith(`.${hostedZone}`), {
    path: ["hostedZone"],
    error: "does not hold the domain's name; write the zone that the name ends with",
  });

export type Domain = z.output<typeof domain>;
