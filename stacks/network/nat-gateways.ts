import { Eip } from "@cdktf/provider-aws/lib/eip";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import { usersFirst } from "../lifecycle";
import type { NatMonitoringTarget } from "../monitoring/monitoring-target";
import { networkName } from "../naming";
import { zoneLetter } from "./subnet-plan";
import type { PublicSubnets, Subnets } from "./subnets";

export interface NatGatewaysProps {
  readonly stage: StageConfig;
  readonly gateways: "one" | "one-per-zone";
  /** Subnets of the gateways. */
  readonly publicSubnets: PublicSubnets;
  /** Subnets that get routes to the gateways. */
  readonly privateSubnets: Subnets;
}

/** NAT gateways and the private subnets' routes to them, for each zone to its own gateway if it has one. */
export class NatGateways extends Construct {
  public readonly monitoringTargets: readonly NatMonitoringTarget[];
  /** For `dependsOn` of what needs the internet when it is created. */
  public readonly routes: readonly Route[];

  constructor(scope: Construct, id: string, props: NatGatewaysProps) {
    super(scope, id);
    const { stage, gateways, publicSubnets, privateSubnets } = props;
    const hosts = gateways === "one" ? publicSubnets.zones.slice(0, 1) : publicSubnets.zones;
    const natGateways = hosts.map(({ zone, subnet }) => {
      const letter = zoneLetter(zone);
      const zoneScope = new Construct(this, letter);
      const tags = { Name: networkName(stage, `nat-${letter}`) };
      const address = new Eip(zoneScope, "eip", {
        domain: "vpc",
        tags,
        // An address belongs to one NAT gateway, and a new gateway exists before the old one is deleted.
        lifecycle: { ...usersFirst, replaceTriggeredBy: [`aws_subnet.${subnet.friendlyUniqueId}.id`] },
      });
      return new NatGateway(zoneScope, "nat-gateway", {
        subnetId: subnet.id,
        allocationId: address.allocationId,
        tags,
        lifecycle: usersFirst,
        dependsOn: [...publicSubnets.internetRoutes],
      });
    });
    this.monitoringTargets = hosts.flatMap(({ zone }, index) => {
      const gateway = natGateways[index];
      return gateway === undefined ? [] : [{ zone: zoneLetter(zone), gatewayId: gateway.id }];
    });
    this.routes = privateSubnets.zones.flatMap(({ scope: zoneScope, routeTableId }, index) => {
      const natGateway = natGateways[index % natGateways.length];
      if (natGateway === undefined) return [];
      return new Route(zoneScope, "nat", {
        routeTableId,
        destinationCidrBlock: "0.0.0.0/0",
        // Not gateway_id: AWS returns the id as nat_gateway_id, which would be a change in every plan.
        natGatewayId: natGateway.id,
        lifecycle: usersFirst,
      });
    });
  }
}
