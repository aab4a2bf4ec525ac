import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import { networkName } from "../naming";
import { subnetCidr, subnetSlot, zoneLetter, type Tier } from "./subnet-plan";

export interface SubnetsProps {
  readonly stage: StageConfig;
  readonly vpcId: string;
  readonly tier: Tier;
  /** The VPC's IPv6 range, of which each subnet gets a /64. @default - IPv4 only */
  readonly ipv6CidrBlock?: string | undefined;
}

/** The subnet of one zone and its own route table. */
export interface ZoneSubnet {
  readonly zone: string;
  /** Scope of the constructs of the zone. */
  readonly scope: Construct;
  readonly subnetId: string;
  readonly routeTableId: string;
}

/** One tier of the VPC: a subnet with a route table of its own in every configured zone. */
export class Subnets extends Construct {
  public readonly zones: readonly ZoneSubnet[];

  constructor(scope: Construct, id: string, props: SubnetsProps) {
    super(scope, id);
    const { stage, vpcId, tier, ipv6CidrBlock } = props;
    this.zones = stage.network.zones.map((zone) => {
      const letter = zoneLetter(zone);
      const tags = { Name: networkName(stage, `${tier}-${letter}`), tier };
      const zoneScope = new Construct(this, letter);
      const subnet = new Subnet(zoneScope, "subnet", {
        vpcId,
        availabilityZone: zone,
        cidrBlock: subnetCidr(stage.network.cidr, tier, zone),
        ...(ipv6CidrBlock !== undefined && { ipv6CidrBlock: Fn.cidrsubnet(ipv6CidrBlock, 8, subnetSlot(tier, zone)) }),
        tags,
      });
      const routeTable = new RouteTable(zoneScope, "route-table", { vpcId, tags });
      new RouteTableAssociation(zoneScope, "association", {
        subnetId: subnet.id,
        routeTableId: routeTable.id,
      });
      return { zone, scope: zoneScope, subnetId: subnet.id, routeTableId: routeTable.id };
    });
  }

  public get subnetIds(): string[] {
    return this.zones.map(({ subnetId }) => subnetId);
  }

  public get routeTableIds(): string[] {
    return this.zones.map(({ routeTableId }) => routeTableId);
  }
}

export interface PublicSubnetsProps {
  readonly stage: StageConfig;
  readonly vpcId: string;
  /** IPv6 range of the VPC, of which each subnet gets a /64. @default - IPv4 only */
  readonly ipv6CidrBlock?: string | undefined;
}

/** The public tier, with routes to an internet gateway. */
export class PublicSubnets extends Subnets {
  /** For `dependsOn` of what needs the internet when it is created. */
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
