import { z } from "zod";
import { integer, name, yesOrNo } from "../primitives";
import { throttling } from "../throttling";
import { uploads } from "./uploads";
import { waf } from "../waf";
import { api } from "./common";

/** Keys that tell callers apart, and what each may use; AWS warns that they are no authorization. */
const apiKeys = z.strictObject({
  /** Names of the callers, each of which gets a key. */
  callers: z.array(name(24, "partner"), "is no list; write names of callers").min(1, "is empty; write a caller"),
  /** Requests that each caller may make. */
  quota: z.strictObject({
    limit: integer(1, 2147483647),
    period: z.enum(["DAY", "WEEK", "MONTH"], 'is no period; write "DAY", "WEEK" or "MONTH"'),
  }),
  throttling,
});

const restApi = {
  kind: z.literal("rest-api"),
  ...api,
  /** Time the API waits for a service, in milliseconds; 29,000 is API Gateway's own limit. @default 29000 */
  timeoutMilliseconds: integer(50, 29000).default(29000),
  /** Traces requests with X-Ray. @default false */
  tracing: yesOrNo.default(false),
  /** Media types whose bodies pass as they are. @default [] */
  binaryMediaTypes: z
    .array(z.string().regex(/^[\w*]+\/[\w*.+-]+$/, 'is no media type; write one such as "image/*"'))
    .default([]),
  /** @default - no route may ask for a key */
  apiKeys: apiKeys.optional(),
  /** AWS WAF in front of the API's stage. @default - none */
  waf: waf.optional(),
  /** A route that API Gateway itself takes into a bucket. @default - none */
  uploads: uploads.optional(),
  /**
   * API Gateway may write logs only with a role that is set once per account and region. `manage`: this stage sets
   * it, and exactly one stage of an account and region may. `existing`: it is already set.
   * @default "manage"
   */
  accountLogRole: z.enum(["manage", "existing"], 'is no choice here; write "manage" or "existing"').default("manage"),
};

/** A REST API, which reaches the services by one of three ways. */
export const restApis = z.discriminatedUnion(
  "via",
  [
    z.strictObject({
      ...restApi,
      /** An internal NLB with a listener for each service; the API alone routes. */
      via: z.literal("nlb"),
    }),
    z.strictObject({
      ...restApi,
      /** An internal NLB in front of an internal ALB, which routes by path. */
      via: z.literal("nlb-alb"),
    }),
    z.strictObject({
      ...restApi,
      /** An internal ALB, by a VPC link V2; needs release 6 of the AWS provider. */
      via: z.literal("alb"),
    }),
  ],
  'is no way to the services; write "nlb", "nlb-alb" or "alb"',
);
