import { Eip } from "@cdktf/provider-aws/lib/eip";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import { networkName } from "../naming";
import type { NatMonitoringTarget } from "../monitoring/monitoring-target";
import { zoneLetter } from "./subnet-plan";
import type { PublicSubnets } from "./public-subnets";
import type { Subnets } from "./subnets";

export interface NatGatewaysProps {
  readonly stage: StageConfig;
  readonly gateways: "one" | "one-per-zone";
  /** Where the gateways stand; their routes to the internet exist already. */
  readonly publicSubnets: PublicSubnets;
  /** Whose route tables lead to the gateways. */
  readonly privateSubnets: Subnets;
}

/** NAT gateways and the private subnets' routes to them, each zone to its own gateway where it has one. */
export class NatGateways extends Construct {
  public readonly monitoringTargets: readonly NatMonitoringTarget[];

  constructor(scope: Construct, id: string, props: NatGatewaysProps) {
    super(scope, id);
    const { stage, gateways, publicSubnets, privateSubnets } = props;
    const hosts = gateways === "one" ? publicSubnets.zones.slice(0, 1) : publicSubnets.zones;
    const natGateways = hosts.map(({ zone, subnetId }) => {
      const letter = zoneLetter(zone);
      const zoneScope = new Construct(this, letter);
      const tags = { Name: networkName(stage, `nat-${letter}`) };
      const address = new Eip(zoneScope, "eip", { domain: "vpc", tags });
      return new NatGateway(zoneScope, "nat-gateway", {
        subnetId,
        allocationId: address.allocationId,
        tags,
        dependsOn: [...publicSubnets.internetRoutes],
      });
    });
    this.monitoringTargets = hosts.flatMap(({ zone }, index) => {
      const gateway = natGateways[index];
      return gateway === undefined ? [] : [{ zone: zoneLetter(zone), gatewayId: gateway.id }];
    });
    privateSubnets.zones.forEach(({ scope: zoneScope, routeTableId }, index) => {
      const natGateway = natGateways[index % natGateways.length];
      if (natGateway === undefined) return;
      new Route(zoneScope, "nat", {
        routeTableId,
        destinationCidrBlock: "0.0.0.0/0",
        // Not gateway_id: AWS moves the id to nat_gateway_id, and every later plan would show a change.
        natGatewayId: natGateway.id,
      });
    });
  }
}
