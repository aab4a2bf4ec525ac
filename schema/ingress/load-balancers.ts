import { z } from "zod";
import { authorization } from "../authorization";
import { domain } from "../domain";
import { integer, retentionDays, yesOrNo } from "../primitives";
import { waf } from "../waf";
import { notHere } from "../not-here";
import { ipAddressType } from "./common";

const loadBalancer = {
  /** Name of the load balancer, whose certificate its listener needs. */
  domain,
  /** Whether callers may come by IPv6, too; the VPC and its public subnets get IPv6 then. @default "ipv4" */
  ipAddressType,
  /** Retention of the access logs in their bucket, in days. @default 14 */
  accessLogRetentionDays: retentionDays.default(14),
  /** Refuses to be deleted, also by Terraform. @default false */
  deletionProtection: yesOrNo.default(false),
  throttling: notHere('is nothing that a load balancer does; write `waf.rateLimit` with kind "alb", or choose an API'),
  cors: notHere("is nothing that a load balancer answers; let the service answer it, or choose an API"),
  apiKeys: notHere('is nothing that a load balancer knows; choose kind "rest-api"'),
  uploads: notHere('is nothing that a load balancer can do; choose kind "rest-api"'),
  tracing: notHere("is nothing that a load balancer knows; trace in the service"),
};

/** An ALB on the internet: HTTPS, routed by path, method, host and header. */
export const publicAlb = z.strictObject({
  kind: z.literal("alb"),
  ...loadBalancer,
  /** Sends browsers to Cognito's pages for every route that does not say `public`. @default - every route is open */
  authorization: authorization.optional(),
  /** AWS WAF in front of the ALB. @default - none */
  waf: waf.optional(),
  /** Time for which an idle connection stays open, in seconds. @default 60 */
  idleTimeoutSeconds: integer(1, 4000).default(60),
});

/** An NLB on the internet: TLS for one service, the cheap variant. */
export const publicNlb = z.strictObject({
  kind: z.literal("nlb"),
  ...loadBalancer,
  waf: notHere('cannot be attached to an NLB; choose kind "alb" or "rest-api", or leave it out'),
  authorization: notHere('is nothing that an NLB knows; choose kind "alb", "http-api" or "rest-api", or leave it out'),
});
