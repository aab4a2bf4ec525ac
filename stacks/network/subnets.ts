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
  /** The VPC's IPv6 range, of which each subnet gets a /64. @default - IPv4 alone */
  readonly ipv6CidrBlock?: string | undefined;
}

/** The subnet of one zone and its own route table. */
export interface ZoneSubnet {
  readonly zone: string;
  /** Holds the constructs of the zone. */
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
