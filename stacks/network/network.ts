import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
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
  /** Subnets of tasks and internal load balancers. */
  public readonly taskSubnets: Subnets;
  /** Subnets of databases, without a route out of the VPC. @default - the stage has no databases */
  public readonly isolatedSubnets: Subnets | undefined;
  /** Whether a task needs a public IP to reach anything. */
  public readonly assignPublicIp: boolean;
  /** Peers that every task must reach on TCP 443, to pull its image and to write its logs. */
  public readonly taskEgress: readonly Peer[];
  /** Peer that tasks which use a table must reach, too. @default - no table is used */
  public readonly tables: Peer | undefined;
  /** Monitoring targets of the NAT gateways. */
  public readonly monitoringTargets: readonly NatMonitoringTarget[];

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const { stage } = props;
    const dualStack = isInternetFacing(stage) && stage.ingress.ipAddressType === "dualstack";
    const vpc = new Vpc(this, "vpc", {
      cidrBlock: stage.network.cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      ...(dualStack && { assignGeneratedIpv6CidrBlock: true }),
      tags: { Name: networkName(stage, "vpc") },
    });
    this.vpcId = vpc.id;
    // Without rules, so that resources without a security group of their own have no connections.
    new DefaultSecurityGroup(this, "default-security-group", { vpcId: vpc.id });
    new FlowLogs(this, "flow-logs", { stage, vpcId: vpc.id });

    const { publicSubnets, taskSubnets, assignPublicIp, internet, interfaceEndpoints, nat } = this.createEgress(
      stage,
      () => {
        const ipv6CidrBlock = dualStack ? vpc.ipv6CidrBlock : undefined;
        return new PublicSubnets(this, "public", { stage, vpcId: vpc.id, ipv6CidrBlock });
      },
    );
    const endpoints = new VpcEndpoints(this, "endpoints", { stage, vpcId: vpc.id, taskSubnets, interfaceEndpoints });
    this.publicSubnets = publicSubnets;
    this.isolatedSubnets = hasDatabase(stage)
      ? new Subnets(this, "isolated", { stage, vpcId: vpc.id, tier: "isolated" })
      : undefined;
    this.taskSubnets = taskSubnets;
    this.assignPublicIp = assignPublicIp;
    this.monitoringTargets = nat?.monitoringTargets ?? [];
    this.taskEgress = [...endpoints.peers, ...internet];
    this.tables = endpoints.tables;
  }

  private createEgress(stage: StageConfig, makePublicSubnets: () => PublicSubnets): Egress {
    const { egress } = stage.network;
    const { vpcId } = this;
    switch (egress.mode) {
      case "vpc-endpoints":
        return {
          publicSubnets: isInternetFacing(stage) ? makePublicSubnets() : undefined,
          taskSubnets: new Subnets(this, "private", { stage, vpcId, tier: "private" }),
          assignPublicIp: false,
          internet: [],
          interfaceEndpoints: egress.interfaceEndpoints,
        };
      case "nat-gateway": {
        const publicSubnets = makePublicSubnets();
        const privateSubnets = new Subnets(this, "private", { stage, vpcId, tier: "private" });
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

/** Whether a data service of the stage has an address in the VPC. */
function hasDatabase({ data }: StageConfig): boolean {
  return data.postgres !== undefined || data.redis !== undefined;
}

type Egress = Pick<Network, "taskSubnets" | "assignPublicIp"> & {
  readonly publicSubnets: PublicSubnets | undefined;
  readonly nat?: NatGateways;
} & Pick<VpcEndpointsProps, "interfaceEndpoints"> & { readonly internet: readonly Peer[] };
