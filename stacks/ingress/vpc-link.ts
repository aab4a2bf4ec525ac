import { ApiGatewayVpcLink } from "@cdktf/provider-aws/lib/api-gateway-vpc-link";
import { Apigatewayv2VpcLink } from "@cdktf/provider-aws/lib/apigatewayv2-vpc-link";
import { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import { vpcLinkName } from "../naming";
import type { Network } from "../network/network";
import { SecurityGroup, type Peer } from "../network/security-group";
import type { NetworkLoadBalancer } from "./load-balancers/network-load-balancer";

export interface VpcLinkProps {
  readonly stage: StageConfig;
  readonly network: Network;
}

/**
 * A VPC link V2: the network interfaces of an API in the VPC.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html
 */
export class VpcLink extends Construct {
  public readonly id: string;
  public readonly peer: Peer;

  constructor(scope: Construct, id: string, props: VpcLinkProps) {
    super(scope, id);
    const { stage, network } = props;
    const securityGroup = new SecurityGroup(this, "security-group", { stage, vpcId: network.vpcId, role: "vpc-link" });
    const link = new Apigatewayv2VpcLink(this, "link", {
      name: vpcLinkName(stage),
      subnetIds: network.taskSubnets.subnetIds,
      securityGroupIds: [securityGroup.id],
      // API Gateway can change neither, and deletes no link that an integration uses.
      lifecycle: { createBeforeDestroy: true },
    });
    this.id = link.id;
    this.peer = securityGroup.peer;
  }
}

export interface PrivateLinkProps {
  readonly stage: StageConfig;
  readonly loadBalancer: NetworkLoadBalancer;
}

/**
 * A VPC link V1: the PrivateLink connection of an API to an NLB.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-nlb-for-vpclink-using-console.html
 */
export class PrivateLink extends ApiGatewayVpcLink {
  constructor(scope: Construct, id: string, { stage, loadBalancer }: PrivateLinkProps) {
    super(scope, id, {
      name: vpcLinkName(stage),
      targetArns: [loadBalancer.arn],
      // API Gateway cannot change the target, and deletes no link that an integration uses.
      lifecycle: { createBeforeDestroy: true },
    });
  }
}
