import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import type { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import { networkName } from "../naming";
import { Subnets } from "./subnets";

export interface PublicSubnetsProps {
  readonly stage: StageConfig;
  readonly vpcId: string;
  /** The VPC's IPv6 range, where it has one. @default - IPv4 alone */
  readonly ipv6CidrBlock?: string | undefined;
}

/** The public tier: its route tables lead to an internet gateway. */
export class PublicSubnets extends Subnets {
  /** For what needs the internet while it is created. */
  public readonly internetRoutes: readonly Route[];

  constructor(scope: Construct, id: string, props: PublicSubnetsProps) {
    super(scope, id, { ...props, tier: "public" });
    const { stage, vpcId, ipv6CidrBlock } = props;
    const gateway = new InternetGateway(this, "internet-gateway", {
      vpcId,
      tags: { Name: networkName(stage, "internet-gateway") },
    });
    const route = { gatewayId: gateway.id };
    this.internetRoutes = this.zones.map(({ scope: zoneScope, routeTableId }) => {
      return new Route(zoneScope, "internet", { ...route, routeTableId, destinationCidrBlock: "0.0.0.0/0" });
    });
    if (ipv6CidrBlock === undefined) return;
    for (const { scope: zoneScope, routeTableId } of this.zones) {
      new Route(zoneScope, "internet-ipv6", { ...route, routeTableId, destinationIpv6CidrBlock: "::/0" });
    }
  }
}
