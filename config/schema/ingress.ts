import { z } from "zod";
import { integer, retentionDays } from "./primitives";

/** An API Gateway REST API that reaches the services through a VPC link and an internal NLB. */
export const ingress = z.strictObject({
  kind: z.literal("rest-api", 'is no way in; write "rest-api"'),
  via: z.literal("nlb", 'is no way to the services; write "nlb"'),
  /** Limits of the API's stage, never the account's default of 10,000 a second. */
  throttling: z.strictObject({
    /** Requests a second, sustained. */
    ratePerSecond: integer(1, 10000),
    /** Requests at once. */
    burst: integer(1, 5000),
  }),
  /** Time the API waits for a service, in milliseconds; 29,000 is API Gateway's own limit. @default 29000 */
  timeoutMilliseconds: integer(50, 29000).default(29000),
  /** Traces requests with X-Ray. @default false */
  tracing: z.boolean("is no switch; write true or false").default(false),
  /** Retention of the access log, in days. @default 14 */
  accessLogRetentionDays: retentionDays.default(14),
  /**
   * API Gateway may write logs only with a role that is set once per account and region. `manage`: this stage sets
   * it, and exactly one stage of an account and region may. `existing`: it is already set.
   * @default "manage"
   */
  accountLogRole: z.enum(["manage", "existing"], 'is no choice here; write "manage" or "existing"').default("manage"),
});
