import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import type { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Fn, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import { usersFirst } from "../lifecycle";
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
  readonly subnet: Subnet;
  readonly subnetId: string;
  readonly routeTableId: string;
}

/** One tier of the VPC: a subnet with a route table of its own in every configured zone. */
export class Subnets extends Construct {
  public readonly zones: readonly ZoneSubnet[];
  /** For `dependsOn` of what uses the routes of the subnets: before, a subnet has those of the VPC's main route table. */
  public readonly associations: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: SubnetsProps) {
    super(scope, id);
    const { stage, vpcId, tier, ipv6CidrBlock } = props;
    const associations: RouteTableAssociation[] = [];
    this.associations = associations;
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
        lifecycle: usersFirst,
      });
      const routeTable = new RouteTable(zoneScope, "route-table", { vpcId, tags });
      const association = new RouteTableAssociation(zoneScope, "association", {
        subnetId: subnet.id,
        routeTableId: routeTable.id,
        lifecycle: usersFirst,
      });
      associations.push(association);
      return { zone, scope: zoneScope, subnet, subnetId: subnet.id, routeTableId: routeTable.id };
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
  readonly vpc: Vpc;
}

/** The public tier, with routes to an internet gateway. */
export class PublicSubnets extends Subnets {
  /** For `dependsOn` of what needs the internet from its creation to its end. */
  public readonly internetRoutes: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PublicSubnetsProps) {
    const { stage, vpc } = props;
    super(scope, id, { stage, vpcId: vpc.id, tier: "public", ipv6CidrBlock: vpc.ipv6CidrBlock });
    const gateway = new InternetGateway(this, "internet-gateway", {
      vpcId: vpc.id,
      tags: { Name: networkName(stage, "internet-gateway") },
      // It cannot be moved to another VPC while the public addresses of the one before exist.
      lifecycle: { ...usersFirst, replaceTriggeredBy: [`aws_vpc.${vpc.friendlyUniqueId}.id`] },
    });
    const route = { gatewayId: gateway.id, lifecycle: usersFirst };
    const routes = this.zones.flatMap(({ scope: zoneScope, routeTableId }) => [
      new Route(zoneScope, "internet", { ...route, routeTableId, destinationCidrBlock: "0.0.0.0/0" }),
      new Route(zoneScope, "internet-ipv6", { ...route, routeTableId, destinationIpv6CidrBlock: "::/0" }),
    ]);
    this.internetRoutes = [...this.associations, ...routes];
  }
}
