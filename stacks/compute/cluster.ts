import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsClusterCapacityProviders } from "@cdktf/provider-aws/lib/ecs-cluster-capacity-providers";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import { clusterName, insightsLogGroupName, logGroupName } from "../naming";
import { addOutput } from "../readable-stack";
import { capacityProviders } from "./capacity";

export interface ClusterProps {
  readonly stage: StageConfig;
}

/** The ECS cluster that holds the services of a stage. */
export class Cluster extends Construct {
  public readonly arn: string;
  public readonly name: string;
  /** For what must not start before the cluster knows what to run it on. */
  public readonly capacity: ITerraformDependable;
  /** Where sessions of `execute-command` are written. @default - no service can be entered */
  public readonly sessionLog: CloudwatchLogGroup | undefined;

  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    const { stage } = props;
    this.sessionLog = canBeEntered(stage)
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

  /** Container Insights would make it by itself when the first task runs, and leave it behind. */
  private insightsLog(stage: StageConfig): CloudwatchLogGroup {
    return new CloudwatchLogGroup(this, "insights", { name: insightsLogGroupName(stage), retentionInDays: 1 });
  }
}

function canBeEntered({ services }: StageConfig): boolean {
  return Object.values(services).some((service) => service.kind !== "job" && service.enableExecuteCommand);
}
