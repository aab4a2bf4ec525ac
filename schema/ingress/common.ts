import { z } from "zod";
import { authorization } from "../authorization";
import { domain } from "../domain";
import { integer, matching, retentionDays, yesOrNo } from "../primitives";
import { throttling } from "../throttling";

/** Protocols that callers may use. */
export const ipAddressType = z
  .enum(["ipv4", "dualstack"], 'is no choice here; write "ipv4" or "dualstack"')
  .default("ipv4");

const origin = matching(
  /^(\*|https?:\/\/[a-z0-9.-]+(:\d+)?)$/,
  'is no origin; write one such as "https://www.example.com", without a path',
);

/** What browsers may do from other origins; API Gateway answers their preflight requests. */
const cors = z
  .strictObject({
    /** Origins such as `https://www.example.com`; `["*"]` for every one. */
    origins: z.array(origin).min(1, "is empty; write an origin"),
    /** Headers that a caller may send. @default ["authorization", "content-type"] */
    headers: z
      .array(matching(/^[A-Za-z0-9-]+$/, "is no name of a header; write one"))
      .default(["authorization", "content-type"]),
    /** Headers that a caller may read. @default [] */
    exposedHeaders: z.array(matching(/^[A-Za-z0-9-]+$/, "is no name of a header; write one")).default([]),
    /** Time for which a browser keeps the answer, in seconds. @default 600 */
    maxAgeSeconds: integer(0, 86400).default(600),
    /** Whether cookies may be sent. @default false */
    credentials: yesOrNo.default(false),
  })
  .refine(({ origins, credentials }) => !(credentials && origins.includes("*")), {
    path: ["credentials"],
    error: "cannot go with every origin, browsers refuse it; name the origins",
  });

/** What both kinds of API have. */
export const api = {
  /** Limits of the API's stage, never the account's default of 10,000 a second. */
  throttling,
  /** A name of the team's own; the API's default address is switched off then. @default - the default address */
  domain: domain.optional(),
  /** Cognito, for every route that does not say `public`. @default - every route is open */
  authorization: authorization.optional(),
  /** @default - browsers of other origins are refused */
  cors: cors.optional(),
  /** Whether callers may come by IPv6, too. @default "ipv4" */
  ipAddressType,
  /** Retention of the access log, in days. @default 14 */
  accessLogRetentionDays: retentionDays.default(14),
};

export type Cors = z.output<typeof cors>;
