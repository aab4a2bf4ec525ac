import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import type { NatMonitoringTarget } from "../monitoring/monitoring-target";
import { networkName } from "../naming";
import { FlowLogs } from "./flow-logs";
import { NatGateways } from "./nat-gateways";
import { internetPeers, type Peer } from "./security-group";
import { PublicSubnets, Subnets } from "./subnets";
import { VpcEndpoints, type VpcEndpointsProps } from "./vpc-endpoints";

export interface NetworkProps {
  readonly stage: StageConfig;
}

/** The VPC of a stage, with the subnet tiers that are used and the egress that the stage file chooses. */
export class Network extends Construct {
  public readonly vpcId: string;
  /** @default - the stage has no public subnets */
  public readonly publicSubnets: PublicSubnets | undefined;
  /** Subnets of tasks. */
  public readonly taskSubnets: Subnets;
  /** Subnets of internal load balancers and VPC links: the same ones with every egress, as most cannot be moved. */
  public readonly internalSubnets: Subnets;
  /** Subnets of databases and file systems, without a route out of the VPC. @default - the stage has neither */
  public readonly isolatedSubnets: Subnets | undefined;
  /** Whether a task needs a public IP to reach anything. */
  public readonly assignPublicIp: boolean;
  /** Peers that every task must reach on TCP 443, to pull its image and to write its logs. */
  public readonly taskEgress: readonly Peer[];
  /** For `dependsOn` of what starts tasks: the routes and endpoints that they use from their start to their end. */
  public readonly taskPrerequisites: readonly ITerraformDependable[];
  /** Peer that tasks which use a table must reach, too. @default - no table is used */
  public readonly tables: Peer | undefined;
  /** Monitoring targets of the NAT gateways. */
  public readonly monitoringTargets: readonly NatMonitoringTarget[];

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const { stage } = props;
    const vpc = new Vpc(this, "vpc", {
      cidrBlock: stage.network.cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      // Always, as AWS does not take the range back while subnets use it, and Terraform does not remove it from a subnet.
      assignGeneratedIpv6CidrBlock: true,
      tags: { Name: networkName(stage, "vpc") },
    });
    this.vpcId = vpc.id;
    // Without rules, so that resources without a security group of their own have no connections.
    new DefaultSecurityGroup(this, "default-security-group", { vpcId: vpc.id });
    new FlowLogs(this, "flow-logs", { stage, vpcId: vpc.id });

    const { publicSubnets, taskSubnets, internalSubnets, assignPublicIp, internet, interfaceEndpoints, nat } =
      this.createEgress(stage, vpc);
    const endpoints = new VpcEndpoints(this, "endpoints", { stage, vpcId: vpc.id, taskSubnets, interfaceEndpoints });
    this.publicSubnets = publicSubnets;
    this.isolatedSubnets = needsIsolatedSubnets(stage)
      ? new Subnets(this, "isolated", { stage, vpcId: vpc.id, tier: "isolated" })
      : undefined;
    this.taskSubnets = taskSubnets;
    this.internalSubnets = internalSubnets;
    this.assignPublicIp = assignPublicIp;
    this.monitoringTargets = nat?.monitoringTargets ?? [];
    this.taskEgress = [...endpoints.peers, ...internet];
    this.tables = endpoints.tables;
    this.taskPrerequisites = [
      ...(taskSubnets instanceof PublicSubnets ? taskSubnets.internetRoutes : taskSubnets.associations),
      ...(nat?.routes ?? []),
      ...endpoints.endpoints,
    ];
  }

  private createEgress(stage: StageConfig, vpc: Vpc): Egress {
    const { egress } = stage.network;
    const makePublicSubnets = () => new PublicSubnets(this, "public", { stage, vpc });
    const makePrivateSubnets = () => new Subnets(this, "private", { stage, vpcId: vpc.id, tier: "private" });
    switch (egress.mode) {
      case "vpc-endpoints": {
        const publicSubnets = isInternetFacing(stage) ? makePublicSubnets() : undefined;
        const privateSubnets = makePrivateSubnets();
        return {
          publicSubnets,
          taskSubnets: privateSubnets,
          internalSubnets: privateSubnets,
          assignPublicIp: false,
          internet: [],
          interfaceEndpoints: egress.interfaceEndpoints,
        };
      }
      case "nat-gateway": {
        const publicSubnets = makePublicSubnets();
        const privateSubnets = makePrivateSubnets();
        const nat = new NatGateways(this, "egress", {
          stage,
          gateways: egress.gateways,
          publicSubnets,
          privateSubnets,
        });
        return {
          nat,
          publicSubnets,
          taskSubnets: privateSubnets,
          internalSubnets: privateSubnets,
          assignPublicIp: false,
          internet: internetPeers("ipv4"),
          interfaceEndpoints: egress.interfaceEndpoints,
        };
      }
      case "public-subnets": {
        const publicSubnets = makePublicSubnets();
        return {
          publicSubnets,
          taskSubnets: publicSubnets,
          internalSubnets: isInternetFacing(stage) ? publicSubnets : makePrivateSubnets(),
          assignPublicIp: true,
          internet: internetPeers("ipv4"),
          interfaceEndpoints: "none",
        };
      }
    }
  }
}

/** Whether the ingress has a load balancer in public subnets. */
function isInternetFacing({ ingress }: StageConfig): boolean {
  return ingress.kind === "alb" || ingress.kind === "nlb";
}

/** Whether a database, a cache or a file system of the stage has an address in the VPC. */
function needsIsolatedSubnets({ data, services }: StageConfig): boolean {
  const hasFiles = Object.values(services).some(({ fileSystem }) => fileSystem !== undefined);
  return data.postgres !== undefined || data.redis !== undefined || hasFiles;
}

type Egress = Pick<Network, "taskSubnets" | "internalSubnets" | "assignPublicIp"> & {
  readonly publicSubnets: PublicSubnets | undefined;
  readonly nat?: NatGateways;
} & Pick<VpcEndpointsProps, "interfaceEndpoints"> & { readonly internet: readonly Peer[] };
