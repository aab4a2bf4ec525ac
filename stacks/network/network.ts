import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";
import type { StageConfig } from "../../config";
import { networkName } from "../naming";
import { FlowLogs } from "./flow-logs";
import { NatGateways } from "./nat-gateways";
import { PublicSubnets } from "./public-subnets";
import type { Peer } from "./security-group";
import { Subnets } from "./subnets";
import { VpcEndpoints, type VpcEndpointsProps } from "./vpc-endpoints";

export interface NetworkProps {
  readonly stage: StageConfig;
}

/** The VPC of a stage: only the tiers that something stands in, and the way out that the stage chose. */
export class Network extends Construct {
  public readonly vpcId: string;
  /** Where tasks and the internal load balancer stand. */
  public readonly taskSubnets: Subnets;
  /** Whether a task needs a public IP to reach anything. */
  public readonly assignPublicIp: boolean;
  /** What a task must be let out to (TCP 443), to pull its image and to write its logs. */
  public readonly taskEgress: readonly Peer[];

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const { stage } = props;
    const vpc = new Vpc(this, "vpc", {
      cidrBlock: stage.network.cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: networkName(stage, "vpc") },
    });
    this.vpcId = vpc.id;
    // Without rules: what is given no security group of its own reaches nothing, and nothing reaches it.
    new DefaultSecurityGroup(this, "default-security-group", { vpcId: vpc.id });
    new FlowLogs(this, "flow-logs", { stage, vpcId: vpc.id });

    const { taskSubnets, assignPublicIp, internet, interfaceEndpoints } = this.wayOut(stage);
    const endpoints = new VpcEndpoints(this, "endpoints", { stage, vpcId: vpc.id, taskSubnets, interfaceEndpoints });
    this.taskSubnets = taskSubnets;
    this.assignPublicIp = assignPublicIp;
    this.taskEgress = [...endpoints.peers, ...internet];
  }

  private wayOut(stage: StageConfig): WayOut {
    const { egress } = stage.network;
    const { vpcId } = this;
    switch (egress.mode) {
      case "vpc-endpoints":
        return {
          taskSubnets: new Subnets(this, "private", { stage, vpcId, tier: "private" }),
          assignPublicIp: false,
          internet: [],
          interfaceEndpoints: egress.interfaceEndpoints,
        };
      case "nat-gateway": {
        const publicSubnets = new PublicSubnets(this, "public", { stage, vpcId });
        const privateSubnets = new Subnets(this, "private", { stage, vpcId, tier: "private" });
        new NatGateways(this, "nat", { stage, gateways: egress.gateways, publicSubnets, privateSubnets });
        return {
          taskSubnets: privateSubnets,
          assignPublicIp: false,
          internet: [internet],
          interfaceEndpoints: egress.interfaceEndpoints,
        };
      }
      case "public-subnets":
        return {
          taskSubnets: new PublicSubnets(this, "public", { stage, vpcId }),
          assignPublicIp: true,
          internet: [internet],
          interfaceEndpoints: "none",
        };
    }
  }
}

const internet: Peer = { name: "internet", cidrIpv4: "0.0.0.0/0" };

type WayOut = Pick<Network, "taskSubnets" | "assignPublicIp"> &
  Pick<VpcEndpointsProps, "interfaceEndpoints"> & { readonly internet: readonly Peer[] };
