import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import { networkName } from "../naming";
import type { NatMonitoringTarget } from "../monitoring/monitoring-target";
import { FlowLogs } from "./flow-logs";
import { NatGateways } from "./nat-gateways";
import { PublicSubnets } from "./public-subnets";
import { internetPeers, type Peer } from "./security-group";
import { Subnets } from "./subnets";
import { VpcEndpoints, type VpcEndpointsProps } from "./vpc-endpoints";

export interface NetworkProps {
  readonly stage: StageConfig;
}

/** The VPC of a stage: only the tiers that something stands in, and the way out that the stage chose. */
export class Network extends Construct {
  public readonly vpcId: string;
  /** Where a load balancer on the internet stands. @default - nothing of the stage is on the internet */
  public readonly publicSubnets: PublicSubnets | undefined;
  /** Where tasks and internal load balancers stand. */
  public readonly taskSubnets: Subnets;
  /** Where databases stand: no route leads out of there. @default - the stage has none */
  public readonly isolatedSubnets: Subnets | undefined;
  /** Whether a task needs a public IP to reach anything. */
  public readonly assignPublicIp: boolean;
  /** What a task must be let out to (TCP 443), to pull its image and to write its logs. */
  public readonly taskEgress: readonly Peer[];
  /** What a task that uses a table must be let out to, too. @default - no table is used */
  public readonly tables: Peer | undefined;
  /** NAT gateways, which may run out of ports. */
  public readonly monitoringTargets: readonly NatMonitoringTarget[];

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const { stage } = props;
    const dualStack = onInternet(stage) && stage.ingress.ipAddressType === "dualstack";
    const vpc = new Vpc(this, "vpc", {
      cidrBlock: stage.network.cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      ...(dualStack && { assignGeneratedIpv6CidrBlock: true }),
      tags: { Name: networkName(stage, "vpc") },
    });
    this.vpcId = vpc.id;
    // Without rules: what is given no security group of its own reaches nothing, and nothing reaches it.
    new DefaultSecurityGroup(this, "default-security-group", { vpcId: vpc.id });
    new FlowLogs(this, "flow-logs", { stage, vpcId: vpc.id });

    const { publicSubnets, taskSubnets, assignPublicIp, internet, interfaceEndpoints, nat } = this.wayOut(stage, () => {
      const ipv6CidrBlock = dualStack ? vpc.ipv6CidrBlock : undefined;
      return new PublicSubnets(this, "public", { stage, vpcId: vpc.id, ipv6CidrBlock });
    });
    const endpoints = new VpcEndpoints(this, "endpoints", { stage, vpcId: vpc.id, taskSubnets, interfaceEndpoints });
    this.publicSubnets = publicSubnets;
    this.isolatedSubnets = hasServers(stage)
      ? new Subnets(this, "isolated", { stage, vpcId: vpc.id, tier: "isolated" })
      : undefined;
    this.taskSubnets = taskSubnets;
    this.assignPublicIp = assignPublicIp;
    this.monitoringTargets = nat?.monitoringTargets ?? [];
    this.taskEgress = [...endpoints.peers, ...internet];
    this.tables = endpoints.tables;
  }

  private wayOut(stage: StageConfig, makePublicSubnets: () => PublicSubnets): WayOut {
    const { egress } = stage.network;
    const { vpcId } = this;
    switch (egress.mode) {
      case "vpc-endpoints":
        return {
          publicSubnets: onInternet(stage) ? makePublicSubnets() : undefined,
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

/** Whether the way in stands in public subnets. */
function onInternet({ ingress }: StageConfig): boolean {
  return ingress.kind === "alb" || ingress.kind === "nlb";
}

/** Whether a store of the stage has an address in the VPC. */
function hasServers({ data }: StageConfig): boolean {
  return data.postgres !== undefined || data.redis !== undefined;
}

type WayOut = Pick<Network, "taskSubnets" | "assignPublicIp"> & {
  readonly publicSubnets: PublicSubnets | undefined;
  readonly nat?: NatGateways;
} & Pick<VpcEndpointsProps, "interfaceEndpoints"> & { readonly internet: readonly Peer[] };
