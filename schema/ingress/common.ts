import { z } from "zod";
import { authorization } from "../authorization";
import { domain } from "../domain";
import { choice, flag, integer, matching, retentionDays } from "../primitives";
import { throttling } from "../route";

/** Internet protocols of an endpoint; `dualstack` adds IPv6. */
export const ipAddressType = choice("ipv4", "dualstack").default("ipv4");

const origin = matching(
  /^(\*|https?:\/\/[a-z0-9.-]+(:\d+)?)$/,
  'must be an origin; write one such as "https://www.example.com", without a path',
);

const corsHeader = matching(/^[A-Za-z0-9-]+$/, 'must be the name of a header; write one such as "content-type"');

/** Cross-origin resource sharing; API Gateway answers the preflight requests. */
const cors = z
  .strictObject({
    /** Origins such as `https://www.example.com`, or `["*"]` for all. */
    allowOrigins: z.array(origin).min(1, "must not be empty; write an origin"),
    /** Headers that a request may have. @default ["authorization", "content-type"] */
    allowHeaders: z.array(corsHeader).default(["authorization", "content-type"]),
    /** Headers of the response that scripts may read. @default [] */
    exposeHeaders: z.array(corsHeader).default([]),
    /** Time for which browsers cache the preflight response, in seconds. @default 600 */
    maxAgeSeconds: integer(0, 86400).default(600),
    /** Whether requests may include cookies. @default false */
    allowCredentials: flag.default(false),
  })
  .refine(({ allowOrigins, allowCredentials }) => !(allowCredentials && allowOrigins.includes("*")), {
    path: ["allowCredentials"],
    error: 'must not be combined with the origin "*", which browsers refuse; name the origins',
  });

/** Fields of REST and HTTP APIs. */
export const api = {
  /** Rate limit of the API's stage, instead of the account's default of 10,000 requests per second. */
  throttling,
  /** Custom domain name, which disables the API's default endpoint. @default - the default endpoint */
  domain: domain.optional(),
  /** Authorization by Cognito of every route that is not `public`. @default - every route is public */
  authorization: authorization.optional(),
  /** @default - no cross-origin requests */
  cors: cors.optional(),
  /** Internet protocols of the API. @default "ipv4" */
  ipAddressType,
  /** Retention of the access log, in days. @default 14 */
  accessLogRetentionDays: retentionDays.default(14),
};

export type Cors = z.output<typeof cors>;
