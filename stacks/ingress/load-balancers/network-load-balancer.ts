import { Lb } from "@cdktf/provider-aws/lib/lb";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import { loadBalancerNamePrefix, networkName } from "../../naming";
import { SecurityGroup, type Peer } from "../../network/security-group";
import { internetSettings, type Reach } from "./reach";

/** AWS's own, which cannot be changed for TLS. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html */
export const networkIdleTimeoutSeconds = 350;

export interface NetworkLoadBalancerProps {
  readonly stage: StageConfig;
  readonly vpcId: string;
  /** Who reaches it, and where it stands. */
  readonly reach: Reach;
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
    const { stage, vpcId, reach } = props;
    const securityGroup = new SecurityGroup(this, "firewall", { stage, vpcId, role: "load-balancer" });
    const loadBalancer = new Lb(this, "nlb", {
      namePrefix: loadBalancerNamePrefix(stage.stage),
      loadBalancerType: "network",
      internal: reach.from === "vpc",
      subnets: reach.subnets.subnetIds,
      securityGroups: [securityGroup.id],
      // A VPC link comes through PrivateLink from addresses that no rule could name; nothing else has a rule to enter by.
      enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: reach.from === "vpc" ? "off" : undefined,
      enableCrossZoneLoadBalancing: true,
      ...internetSettings(reach),
      tags: { Name: networkName(stage, "nlb") },
    });
    this.arn = loadBalancer.arn;
    this.dnsName = loadBalancer.dnsName;
    this.zoneId = loadBalancer.zoneId;
    this.metricName = loadBalancer.arnSuffix;
    this.peer = securityGroup.peer;
  }
}
