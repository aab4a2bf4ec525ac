import { Lb } from "@cdktf/provider-aws/lib/lb";
import { Construct } from "constructs";
import type { StageConfig } from "../../config";
import { balancingPrefix, networkName } from "../naming";
import type { Network } from "../network/network";
import { SecurityGroup, type Peer } from "../network/security-group";

export interface NetworkLoadBalancerProps {
  readonly stage: StageConfig;
  readonly network: Network;
}

/** An internal NLB that only a VPC link reaches. */
export class NetworkLoadBalancer extends Construct {
  public readonly arn: string;
  public readonly dnsName: string;
  public readonly peer: Peer;

  constructor(scope: Construct, id: string, props: NetworkLoadBalancerProps) {
    super(scope, id);
    const { stage, network } = props;
    const firewall = new SecurityGroup(this, "firewall", { stage, vpcId: network.vpcId, role: "load-balancer" });
    const loadBalancer = new Lb(this, "nlb", {
      namePrefix: balancingPrefix(stage.stage),
      loadBalancerType: "network",
      internal: true,
      subnets: network.taskSubnets.subnetIds,
      securityGroups: [firewall.id],
      // A VPC link comes through PrivateLink from addresses that no rule could name; nothing else has a rule to enter by.
      enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "off",
      enableCrossZoneLoadBalancing: true,
      tags: { Name: networkName(stage, "nlb") },
    });
    this.arn = loadBalancer.arn;
    this.dnsName = loadBalancer.dnsName;
    this.peer = firewall.peer;
  }
}
