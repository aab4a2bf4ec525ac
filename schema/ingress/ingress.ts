import { z } from "zod";
import { authorization } from "../authorization";
import { certificateArn, domain } from "../domain";
import { flag, integer, matching, variants, retentionDays, unsupported } from "../primitives";
import { waf } from "../waf";
import { api, ipAddressType } from "./common";
import { accountLogRole, restApi } from "./rest-api";

/** An HTTP API that reaches an internal ALB through a VPC link V2. */
const httpApi = z.strictObject({
  kind: z.literal("http-api"),
  ...api,
  /** Integration timeout in milliseconds; API Gateway's maximum is 30,000. @default 29000 */
  timeoutMilliseconds: integer(50, 30000).default(29000),
  /** HTTPS between the API and the ALB. @default - HTTP inside the VPC */
  internalTls: z
    .strictObject({
      certificateArn,
      /** Host name of the certificate, which the API verifies. */
      serverName: matching(/^[a-z0-9*][a-z0-9.-]+$/, 'must be a host name; write one such as "internal.example.com"'),
    })
    .optional(),
  waf: unsupported('cannot be attached to an HTTP API; choose kind "rest-api" or "alb", or leave it out'),
  apiKeys: unsupported('is not supported by HTTP APIs; choose kind "rest-api", or leave it out'),
  uploads: unsupported('is not supported by HTTP APIs; choose kind "rest-api", or leave it out'),
  accountLogRole,
  tracingEnabled: unsupported('is not supported by HTTP APIs; choose kind "rest-api", or trace in the service'),
});

const loadBalancer = {
  /** Domain name of the load balancer, for which its listener has a certificate. */
  domain,
  /** Internet protocols of the load balancer; `dualstack` also gives IPv6 to the VPC and its public subnets. @default "ipv4" */
  ipAddressType,
  /** Retention of the access logs in their bucket, in days. @default 14 */
  accessLogRetentionDays: retentionDays.default(14),
  /** Whether the load balancer is protected from deletion, also by Terraform. @default false */
  deletionProtection: flag.default(false),
  throttling: unsupported(
    'is not supported by load balancers; write `waf.requestsPerFiveMinutes` with kind "alb", or choose an API',
  ),
  cors: unsupported("is not supported by load balancers; let the service answer it, or choose an API"),
  apiKeys: unsupported('is not supported by load balancers; choose kind "rest-api"'),
  uploads: unsupported('is not supported by load balancers; choose kind "rest-api"'),
  accountLogRole,
  tracingEnabled: unsupported("is not supported by load balancers; trace in the service"),
};

/** An internet-facing ALB with HTTPS, which routes by path, method, host and header. */
const publicAlb = z.strictObject({
  kind: z.literal("alb"),
  ...loadBalancer,
  /** Redirects browsers to Cognito's managed login on every route that is not `public`. @default - every route is public */
  authorization: authorization.optional(),
  /** AWS WAF in front of the ALB. @default - none */
  waf: waf.optional(),
  /** Idle timeout of connections, in seconds. @default 60 */
  idleTimeoutSeconds: integer(1, 4000).default(60),
});

/** An internet-facing NLB with TLS for one service. */
const publicNlb = z.strictObject({
  kind: z.literal("nlb"),
  ...loadBalancer,
  waf: unsupported('cannot be attached to an NLB; choose kind "alb" or "rest-api", or leave it out'),
  authorization: unsupported('is not supported by NLBs; choose kind "alb", "http-api" or "rest-api", or leave it out'),
});

/** How requests from the internet reach the services. */
export const ingress = z.discriminatedUnion(
  "kind",
  [restApi, httpApi, publicAlb, publicNlb],
  variants("kind", "rest-api", "http-api", "alb", "nlb"),
);

export type Ingress = z.output<typeof ingress>;
