import { z } from "zod";
import { choice, flag, integer, unsupported, variants, name } from "../primitives";
import { throttling } from "../route";
import { waf } from "../waf";
import { api } from "./common";
import { uploads } from "./uploads";

/** API keys, which identify callers for quotas; AWS advises against using them for authorization. */
const apiKeys = z.strictObject({
  /** Names of the callers; each one gets a key. */
  callers: z
    .array(name(24, "partner"), "must be a list; write names of callers")
    .min(1, "must not be empty; write a caller"),
  /** Requests that each caller may send in a period. */
  quota: z.strictObject({
    limit: integer(1, 2147483647),
    period: choice("DAY", "WEEK", "MONTH"),
  }),
  throttling,
});

/** Former field of a stage. */
export const accountLogRole = unsupported(
  "is a setting of the account, which its account stack makes; remove the field, and apply the account stack first",
);

const common = {
  kind: z.literal("rest-api"),
  ...api,
  /** Integration timeout in milliseconds; API Gateway's default limit is 29,000. @default 29000 */
  timeoutMilliseconds: integer(50, 29000).default(29000),
  /** Whether AWS X-Ray traces requests. @default false */
  tracingEnabled: flag.default(false),
  /** Media types that are treated as binary. @default [] */
  binaryMediaTypes: z
    .array(z.string().regex(/^[\w*]+\/[\w*.+-]+$/, 'must be a media type; write one such as "image/*"'))
    .default([]),
  /** @default - no route may require a key */
  apiKeys: apiKeys.optional(),
  /** AWS WAF in front of the API's stage. @default - none */
  waf: waf.optional(),
  /** A route by which API Gateway stores uploads in the bucket `data.uploads`. @default - none */
  uploads: uploads.optional(),
  accountLogRole,
};

/** A REST API, with one of three paths to the services. */
export const restApi = z.discriminatedUnion(
  "via",
  [
    z.strictObject({
      ...common,
      /** An internal NLB with a listener for each service; the API routes. */
      via: z.literal("nlb"),
    }),
    z.strictObject({
      ...common,
      /** An internal NLB in front of an internal ALB, which routes by path. */
      via: z.literal("nlb-alb"),
    }),
    z.strictObject({
      ...common,
      /** An internal ALB through a VPC link V2. */
      via: z.literal("alb"),
    }),
  ],
  variants("via", "nlb", "nlb-alb", "alb"),
);
