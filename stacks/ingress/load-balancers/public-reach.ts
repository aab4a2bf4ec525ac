import { Construct } from "constructs";
import type { IngressConfig, StageConfig } from "../../../schema";
import { PrivateBucket } from "../../data/private-bucket";
import type { Network } from "../../network/network";
import type { Reach } from "./reach";

export interface PublicReachProps {
  readonly stage: StageConfig;
  readonly ingress: Extract<IngressConfig, { kind: "alb" | "nlb" }>;
  readonly network: Network;
}

/** What a load balancer on the internet stands on: public subnets, and a bucket for its access log. */
export class PublicReach extends Construct {
  public readonly reach: Reach;

  constructor(scope: Construct, id: string, props: PublicReachProps) {
    super(scope, id);
    const { stage, ingress, network } = props;
    const { ipAddressType, deletionProtection } = ingress;
    if (network.publicSubnets === undefined) throw new Error("a way in from the internet has no public subnets");
    const logs = new PrivateBucket(this, "access-logs", {
      stage,
      role: "access-logs",
      expirationDays: ingress.accessLogRetentionDays,
      noncurrentDays: 1,
      forceDelete: !deletionProtection,
      statements: (bucketArn) => logDelivery(bucketArn, stage),
    });
    this.reach = {
      from: "internet",
      subnets: network.publicSubnets,
      ipAddressType,
      deletionProtection,
      accessLog: { bucket: logs.name, prerequisites: logs.guards },
    };
  }
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
      // The one that does not say for which account it writes; the path does.
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
