import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { Construct } from "constructs";
import type { StageConfig } from "../../config";
import { networkName } from "../naming";
import { SecurityGroup, type Peer } from "./security-group";
import type { Subnets } from "./subnets";

/** Fargate itself needs all three: https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html */
const interfaceServices = ["ecr.api", "ecr.dkr", "logs"];

/** Gateway endpoints cost nothing; ECR keeps the layers of images in S3. */
const gatewayServices = ["s3"];

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
  /** What a task must be let out to, in order to use the endpoints. */
  public readonly peers: readonly Peer[];

  constructor(scope: Construct, id: string, props: VpcEndpointsProps) {
    super(scope, id);
    const { stage, vpcId, taskSubnets } = props;
    const endpointName = (service: string) => ({
      serviceName: `com.amazonaws.${stage.region}.${service}`,
      tags: { Name: networkName(stage, service.replaceAll(".", "-")) },
    });

    const gateways = gatewayServices.map((service): Peer => {
      const endpoint = new VpcEndpoint(this, service, {
        ...endpointName(service),
        vpcId,
        vpcEndpointType: "Gateway",
        routeTableIds: taskSubnets.routeTableIds,
      });
      return { name: service, prefixListId: endpoint.prefixListId };
    });
    if (props.interfaceEndpoints === "none") {
      this.peers = gateways;
      return;
    }

    const securityGroup = new SecurityGroup(this, "firewall", { stage, vpcId, role: "vpc-endpoints" });
    const { subnetIds } = taskSubnets;
    for (const service of interfaceServices) {
      new VpcEndpoint(this, service.replaceAll(".", "-"), {
        ...endpointName(service),
        vpcId,
        vpcEndpointType: "Interface",
        subnetIds: props.interfaceEndpoints === "one-zone" ? subnetIds.slice(0, 1) : subnetIds,
        securityGroupIds: [securityGroup.id],
        privateDnsEnabled: true,
      });
    }
    this.peers = [securityGroup.peer, ...gateways];
  }
}
