import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { IngressConfig, StageConfig } from "../../../schema";
import { PrivateBucket } from "../../data/private-bucket";
import type { Network } from "../../network/network";
import type { PublicSubnets, Subnets } from "../../network/subnets";

/** The scheme of a load balancer, with what depends on it. */
export type Scheme =
  | {
      /** Reachable from the VPC, or through a VPC link. */
      readonly kind: "internal";
      readonly subnets: Subnets;
    }
  | {
      /** Reachable from the internet. */
      readonly kind: "internet-facing";
      readonly subnets: PublicSubnets;
      readonly ipAddressType: "ipv4" | "dualstack";
      readonly deletionProtection: boolean;
      readonly accessLog: { readonly bucket: string; readonly prerequisites: readonly ITerraformDependable[] };
    };

/** TLS 1.3, and TLS 1.2 with forward secrecy. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html */
export const tlsPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/** Arguments of a load balancer that only an internet-facing one has. */
export function internetFacingSettings(scheme: Scheme) {
  if (scheme.kind === "internal") return {};
  const { subnets, ipAddressType, deletionProtection, accessLog } = scheme;
  return {
    ipAddressType,
    enableDeletionProtection: deletionProtection,
    accessLogs: { bucket: accessLog.bucket, enabled: true },
    // Elastic Load Balancing refuses a VPC without an internet gateway, and writes a test object to the bucket when
    // logging is turned on.
    dependsOn: [...subnets.internetRoutes, ...accessLog.prerequisites],
  };
}

export interface InternetFacingProps {
  readonly stage: StageConfig;
  readonly ingress: Extract<IngressConfig, { kind: "alb" | "nlb" }>;
  readonly network: Network;
}

/** The scheme of an internet-facing load balancer: public subnets, and a bucket for its access log. */
export function internetFacing(scope: Construct, props: InternetFacingProps): Scheme {
  const { stage, ingress, network } = props;
  const { ipAddressType, deletionProtection } = ingress;
  if (network.publicSubnets === undefined) throw new Error("an internet-facing load balancer needs public subnets");
  const logs = new PrivateBucket(scope, "access-logs", {
    stage,
    role: "access-logs",
    expirationDays: ingress.accessLogRetentionDays,
    noncurrentDays: 1,
    forceDelete: !deletionProtection,
    statements: (bucketArn) => logDelivery(bucketArn, stage),
  });
  return {
    kind: "internet-facing",
    subnets: network.publicSubnets,
    ipAddressType,
    deletionProtection,
    accessLog: { bucket: logs.name, prerequisites: logs.accessControls },
  };
}

/**
 * ALBs and NLBs deliver access logs with different service principals.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html
 */
function logDelivery(bucketArn: string, { accountId }: StageConfig) {
  const delivery = (service: string) => ({
    principals: [{ type: "Service", identifiers: [service] }],
    condition: [{ test: "StringEquals", variable: "aws:SourceAccount", values: [accountId] }],
  });
  return [
    {
      // This service principal sends no aws:SourceAccount; the path names the account.
      principals: [{ type: "Service", identifiers: ["logdelivery.elasticloadbalancing.amazonaws.com"] }],
      sid: "AlbLogs",
      actions: ["s3:PutObject"],
      resources: [`${bucketArn}/AWSLogs/${accountId}/*`],
    },
    {
      ...delivery("delivery.logs.amazonaws.com"),
      sid: "NlbLogs",
      actions: ["s3:PutObject"],
      resources: [`${bucketArn}/AWSLogs/${accountId}/*`],
    },
    {
      ...delivery("delivery.logs.amazonaws.com"),
      sid: "NlbLogsAcl",
      actions: ["s3:GetBucketAcl"],
      resources: [bucketArn],
    },
  ];
}
