import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import type { Construct } from "constructs";
import type { StageConfig } from "../../config";
import { networkName } from "../naming";
import { zoneLetter } from "./subnet-plan";
import { Subnets } from "./subnets";

export interface PublicSubnetsProps {
  readonly stage: StageConfig;
  readonly vpcId: string;
}

/** The public tier: its route tables lead to an internet gateway. */
export class PublicSubnets extends Subnets {
  /** For what needs the internet while it is created. */
  public readonly internetRoutes: readonly Route[];

  constructor(scope: Construct, id: string, props: PublicSubnetsProps) {
    super(scope, id, { ...props, tier: "public" });
    const { stage, vpcId } = props;
    const gateway = new InternetGateway(this, "internet-gateway", {
      vpcId,
      tags: { Name: networkName(stage, "internet-gateway") },
    });
    this.internetRoutes = this.zones.map(
      ({ zone, routeTableId }) =>
        new Route(this, `${zoneLetter(zone)}-internet-route`, {
          routeTableId,
          destinationCidrBlock: "0.0.0.0/0",
          gatewayId: gateway.id,
        }),
    );
  }
}
