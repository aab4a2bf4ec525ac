import { Lb } from "@cdktf/provider-aws/lib/lb";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import { loadBalancerNamePrefix, networkName } from "../../naming";
import { SecurityGroup, type Peer } from "../../network/security-group";
import { internetFacingSettings, type Scheme } from "./scheme";

/** AWS's own, which cannot be changed for TLS. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html */
export const networkIdleTimeoutSeconds = 350;

export interface NetworkLoadBalancerProps {
  readonly stage: StageConfig;
  readonly vpcId: string;
  /** Who reaches it, and where it stands. */
  readonly scheme: Scheme;
}

/** An NLB whose security group lets in nothing but declared flows. */
export class NetworkLoadBalancer extends Construct {
  public readonly arn: string;
  public readonly dnsName: string;
  public readonly zoneId: string;
  /** Name in the metrics of CloudWatch. */
  public readonly metricName: string;
  public readonly peer: Peer;

  constructor(scope: Construct, id: string, props: NetworkLoadBalancerProps) {
    super(scope, id);
    const { stage, vpcId, scheme } = props;
    const securityGroup = new SecurityGroup(this, "security-group", { stage, vpcId, role: "load-balancer" });
    const loadBalancer = new Lb(this, "lb", {
      namePrefix: loadBalancerNamePrefix(stage.stage),
      loadBalancerType: "network",
      internal: scheme.kind === "internal",
      subnets: scheme.subnets.subnetIds,
      securityGroups: [securityGroup.id],
      // A VPC link comes through PrivateLink from addresses that no rule could name; nothing else has a rule to enter by.
      enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: scheme.kind === "internal" ? "off" : undefined,
      enableCrossZoneLoadBalancing: true,
      ...internetFacingSettings(scheme),
      tags: { Name: networkName(stage, "nlb") },
    });
    this.arn = loadBalancer.arn;
    this.dnsName = loadBalancer.dnsName;
    this.zoneId = loadBalancer.zoneId;
    this.metricName = loadBalancer.arnSuffix;
    this.peer = securityGroup.peer;
  }
}
