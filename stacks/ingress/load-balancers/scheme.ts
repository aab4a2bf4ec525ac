import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { IngressConfig, StageConfig } from "../../../schema";
import { PrivateBucket } from "../../data/private-bucket";
import type { Network } from "../../network/network";
import type { Subnets } from "../../network/subnets";

/** Whether a load balancer has private or public addresses, in the words of Elastic Load Balancing. */
export type Scheme =
  | {
      /** Reached from the VPC, or through a VPC link. */
      readonly kind: "internal";
      readonly subnets: Subnets;
    }
  | {
      /** Reached from the internet. */
      readonly kind: "internet-facing";
      /** Public subnets. */
      readonly subnets: Subnets;
      readonly ipAddressType: "ipv4" | "dualstack";
      readonly deletionProtection: boolean;
      readonly accessLog: { readonly bucket: string; readonly prerequisites: readonly ITerraformDependable[] };
    };

/** Arguments of a load balancer that only an internet-facing one has. */
export function internetFacingSettings(scheme: Scheme) {
  if (scheme.kind === "internal") return {};
  const { ipAddressType, deletionProtection, accessLog } = scheme;
  return {
    ipAddressType,
    enableDeletionProtection: deletionProtection,
    accessLogs: { bucket: accessLog.bucket, enabled: true },
    // Elastic Load Balancing writes a test object to the bucket when logging is turned on.
    dependsOn: [...accessLog.prerequisites],
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
    accessLog: { bucket: logs.name, prerequisites: logs.guards },
  };
}

/**
 * An ALB and an NLB write by two services.
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
