import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import { networkName } from "../naming";
import { endpointServices } from "./endpoint-services";
import { SecurityGroup, type Peer } from "./security-group";
import type { Subnets } from "./subnets";

export interface VpcEndpointsProps {
  readonly stage: StageConfig;
  readonly vpcId: string;
  /** Where the tasks run: their route tables lead to the gateway endpoints. */
  readonly taskSubnets: Subnets;
  /** Zones of `taskSubnets` that hold the interface endpoints. */
  readonly interfaceEndpoints: "none" | "one-zone" | "every-zone";
}

/** Private ways to the AWS services that the stage uses. */
export class VpcEndpoints extends Construct {
  /** What every task must be let out to, in order to use the endpoints. */
  public readonly peers: readonly Peer[];
  /** What a task that uses a table must be let out to, too. @default - no table is used */
  public readonly tables: Peer | undefined;

  constructor(scope: Construct, id: string, props: VpcEndpointsProps) {
    super(scope, id);
    const { stage, vpcId, taskSubnets } = props;
    const endpointName = (service: string) => ({
      serviceName: `com.amazonaws.${stage.region}.${service}`,
      tags: { Name: networkName(stage, service.replaceAll(".", "-")) },
    });

    const services = endpointServices(stage);
    const gateways = services.gateways.map((service): Peer => {
      const endpoint = new VpcEndpoint(this, service, {
        ...endpointName(service),
        vpcId,
        vpcEndpointType: "Gateway",
        routeTableIds: taskSubnets.routeTableIds,
      });
      return { name: service, prefixListId: endpoint.prefixListId };
    });
    this.tables = gateways.find(({ name }) => name === "dynamodb");
    const common = gateways.filter(({ name }) => name !== "dynamodb");
    if (props.interfaceEndpoints === "none") {
      this.peers = common;
      return;
    }

    const securityGroup = new SecurityGroup(this, "security-group", { stage, vpcId, role: "vpc-endpoints" });
    const { subnetIds } = taskSubnets;
    for (const service of services.interfaces) {
      new VpcEndpoint(this, service.replaceAll(".", "-"), {
        ...endpointName(service),
        vpcId,
        vpcEndpointType: "Interface",
        subnetIds: props.interfaceEndpoints === "one-zone" ? subnetIds.slice(0, 1) : subnetIds,
        securityGroupIds: [securityGroup.id],
        privateDnsEnabled: true,
      });
    }
    this.peers = [securityGroup.peer, ...common];
  }
}
