import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { Construct } from "constructs";
import type { StageConfig } from "../../config";
import { clusterName } from "../naming";
import { addOutput } from "../readable-stack";

export interface ClusterProps {
  readonly stage: StageConfig;
}

/** The ECS cluster that holds the services of a stage. */
export class Cluster extends Construct {
  public readonly arn: string;

  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    const { stage } = props;
    const cluster = new EcsCluster(this, "cluster", {
      name: clusterName(stage),
      setting: [{ name: "containerInsights", value: stage.containerInsights }],
    });
    this.arn = cluster.arn;
    addOutput(this, "cluster_name", { value: cluster.name, description: "Name of the ECS cluster" });
  }
}
