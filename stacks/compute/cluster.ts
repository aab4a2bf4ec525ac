import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsClusterCapacityProviders } from "@cdktf/provider-aws/lib/ecs-cluster-capacity-providers";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import type { Capacity } from "../../schema/services/task";
import { clusterName, insightsLogGroupName, logGroupName } from "../naming";
import { addOutput } from "../readable-stack";

export interface ClusterProps {
  readonly stage: StageConfig;
}

/** The ECS cluster of a stage. */
export class Cluster extends Construct {
  public readonly arn: string;
  public readonly name: string;
  /** For `dependsOn`: services need the capacity providers of the cluster. */
  public readonly capacity: ITerraformDependable;
  /** Log group of ECS Exec sessions. @default - no service enables ECS Exec */
  public readonly sessionLog: CloudwatchLogGroup | undefined;

  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    const { stage } = props;
    this.sessionLog = usesExec(stage)
      ? new CloudwatchLogGroup(this, "sessions", {
          name: logGroupName(stage, "cluster/sessions"),
          retentionInDays: 365,
        })
      : undefined;
    const insightsLog = stage.containerInsights === "disabled" ? undefined : this.insightsLog(stage);
    const cluster = new EcsCluster(this, "cluster", {
      name: clusterName(stage),
      setting: [{ name: "containerInsights", value: stage.containerInsights }],
      ...(this.sessionLog !== undefined && {
        configuration: {
          executeCommandConfiguration: {
            logging: "OVERRIDE",
            logConfiguration: { cloudWatchLogGroupName: this.sessionLog.name },
          },
        },
      }),
      ...(insightsLog !== undefined && { dependsOn: [insightsLog] }),
    });
    this.capacity = new EcsClusterCapacityProviders(this, "capacity-providers", {
      clusterName: cluster.name,
      capacityProviders,
    });
    this.arn = cluster.arn;
    this.name = cluster.name;
    addOutput(this, "cluster_name", { value: cluster.name, description: "Name of the ECS cluster" });
  }

  /** Container Insights would otherwise create the group with the first task, and it would outlive the stage. */
  private insightsLog(stage: StageConfig): CloudwatchLogGroup {
    return new CloudwatchLogGroup(this, "insights", { name: insightsLogGroupName(stage), retentionInDays: 1 });
  }
}

/** The capacity providers of every cluster. */
const capacityProviders = ["FARGATE", "FARGATE_SPOT"];

/** The capacity provider strategy of a service. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html */
export function capacityStrategy(capacity: Capacity) {
  const [onDemand = "", spot = ""] = capacityProviders;
  switch (capacity.mode) {
    case "on-demand":
      return [{ capacityProvider: onDemand, base: 0, weight: 1 }];
    case "spot":
      return [{ capacityProvider: spot, base: 0, weight: 1 }];
    case "mixed":
      return [
        { capacityProvider: onDemand, base: capacity.onDemandBase, weight: 0 },
        { capacityProvider: spot, base: 0, weight: 1 },
      ];
  }
}

function usesExec({ services }: StageConfig): boolean {
  return Object.values(services).some((service) => service.kind !== "job" && service.enableExecuteCommand);
}
