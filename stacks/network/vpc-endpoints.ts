import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import { taskSecrets } from "../../schema/services/container";
import { usersFirst } from "../lifecycle";
import { networkName } from "../naming";
import { SecurityGroup, type Peer } from "./security-group";
import type { Subnets } from "./subnets";

export interface VpcEndpointsProps {
  readonly stage: StageConfig;
  readonly vpcId: string;
  /** Subnets of the tasks, whose route tables get routes to the gateway endpoints. */
  readonly taskSubnets: Subnets;
  /** Zones of `taskSubnets` that hold the interface endpoints. */
  readonly interfaceEndpoints: "none" | "one-zone" | "every-zone";
}

/** VPC endpoints of the AWS services that the stage uses. */
export class VpcEndpoints extends Construct {
  /** Peers that every task must reach to use the endpoints. */
  public readonly peers: readonly Peer[];
  /** Peer that tasks which use a table must reach, too. @default - no table is used */
  public readonly tables: Peer | undefined;
  /** For `dependsOn` of what uses the endpoints when it starts. */
  public readonly endpoints: readonly VpcEndpoint[];

  constructor(scope: Construct, id: string, props: VpcEndpointsProps) {
    super(scope, id);
    const { stage, vpcId, taskSubnets } = props;
    const endpointName = (service: string) => ({
      serviceName: `com.amazonaws.${stage.region}.${service}`,
      tags: { Name: networkName(stage, service.replaceAll(".", "-")) },
      lifecycle: usersFirst,
    });

    const services = endpointServices(stage);
    const endpoints: VpcEndpoint[] = [];
    this.endpoints = endpoints;
    const gateways = services.gateways.map((service): Peer => {
      const endpoint = new VpcEndpoint(this, service, {
        ...endpointName(service),
        vpcId,
        vpcEndpointType: "Gateway",
        routeTableIds: taskSubnets.routeTableIds,
      });
      endpoints.push(endpoint);
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
      const endpoint = new VpcEndpoint(this, service.replaceAll(".", "-"), {
        ...endpointName(service),
        vpcId,
        vpcEndpointType: "Interface",
        subnetIds: props.interfaceEndpoints === "one-zone" ? subnetIds.slice(0, 1) : subnetIds,
        securityGroupIds: [securityGroup.id],
        privateDnsEnabled: true,
      });
      endpoints.push(endpoint);
    }
    this.peers = [securityGroup.peer, ...common];
  }
}

/** AWS services that a stage reaches by VPC endpoints, named as in the names of the endpoints. */
export interface EndpointServices {
  /** Billed by zone and hour. */
  readonly interfaces: readonly string[];
  /** Free of charge. */
  readonly gateways: readonly string[];
}

/** Fargate itself needs the first three: https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html */
export function endpointServices({
  services,
  data,
  bastion,
}: Pick<StageConfig, "services" | "data" | "bastion">): EndpointServices {
  const all = Object.values(services);
  const used = all.flatMap(({ uses }) => uses);
  const secrets = all.flatMap(taskSecrets);
  const passwordRead = used.includes("postgres") && data.postgres?.authentication.mode === "secret";
  const bySessions = bastion?.access === "ssm";
  const when = (needed: boolean, name: string) => (needed ? [name] : []);
  return {
    interfaces: [
      "ecr.api",
      "ecr.dkr",
      "logs",
      ...when(
        passwordRead || used.some(isSecret) || secrets.some((secret) => !("parameterArn" in secret)),
        "secretsmanager",
      ),
      ...when(used.some(isTopic), "sns"),
      ...when(
        all.some((service) => (service.kind === "worker" && service.queue !== undefined) || used.some(isQueue)),
        "sqs",
      ),
      // Without ec2messages, which sessions do not need: https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html
      ...when(bySessions || secrets.some((secret) => "parameterArn" in secret), "ssm"),
      ...when(
        bySessions || all.some((service) => service.kind !== "job" && service.enableExecuteCommand),
        "ssmmessages",
      ),
      ...when(
        all.some(({ telemetry }) => telemetry !== undefined),
        "xray",
      ),
    ],
    // ECR stores image layers in S3.
    gateways: ["s3", ...when(used.some(isTable), "dynamodb")],
  };
}

function isQueue(use: string): boolean {
  return use.startsWith("queue:");
}

function isSecret(use: string): boolean {
  return use.startsWith("secret:");
}

function isTopic(use: string): boolean {
  return use.startsWith("topic:");
}

function isTable(use: string): boolean {
  return use.startsWith("table:");
}
