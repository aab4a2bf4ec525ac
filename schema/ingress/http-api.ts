import { z } from "zod";
import { certificateArn } from "../domain";
import { integer, matching } from "../primitives";
import { notHere } from "../not-here";
import { api } from "./common";

/** HTTPS between the API and the ALB. */
const internalTls = z.strictObject({
  certificateArn,
  /** Name on the certificate, which the API verifies. */
  serverName: matching(/^[a-z0-9*][a-z0-9.-]+$/, 'is no host name; write one such as "internal.example.com"'),
});

/** An HTTP API that reaches an internal ALB by a VPC link V2. */
export const httpApi = z.strictObject({
  kind: z.literal("http-api"),
  ...api,
  /** Time the API waits for a service, in milliseconds; 30,000 is API Gateway's own limit. @default 29000 */
  timeoutMilliseconds: integer(50, 30000).default(29000),
  /** @default - HTTP inside the VPC */
  internalTls: internalTls.optional(),
  waf: notHere('cannot be attached to an HTTP API; choose kind "rest-api" or "alb", or leave it out'),
  apiKeys: notHere('is nothing that an HTTP API knows; choose kind "rest-api", or leave it out'),
  uploads: notHere('is nothing that an HTTP API can do with a bucket; choose kind "rest-api", or leave it out'),
  tracing: notHere('is nothing that an HTTP API knows; choose kind "rest-api", or trace in the service'),
});
