import { Apigatewayv2VpcLink } from "@cdktf/provider-aws/lib/apigatewayv2-vpc-link";
import { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import { vpcLinkName } from "../naming";
import type { Network } from "../network/network";
import { SecurityGroup, type Peer } from "../network/security-group";

export interface VpcLinkProps {
  readonly stage: StageConfig;
  readonly network: Network;
}

/** A VPC link V2: the network interfaces of an API in the VPC. */
export class VpcLink extends Construct {
  public readonly id: string;
  public readonly peer: Peer;

  constructor(scope: Construct, id: string, props: VpcLinkProps) {
    super(scope, id);
    const { stage, network } = props;
    const securityGroup = new SecurityGroup(this, "security-group", { stage, vpcId: network.vpcId, role: "vpc-link" });
    const link = new Apigatewayv2VpcLink(this, "link", {
      name: vpcLinkName(stage),
      subnetIds: network.internalSubnets.subnetIds,
      securityGroupIds: [securityGroup.id],
    });
    this.id = link.id;
    this.peer = securityGroup.peer;
  }
}
