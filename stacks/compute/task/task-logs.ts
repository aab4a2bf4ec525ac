import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";
import type { ServiceConfig, StageConfig } from "../../../schema";
import { PrivateBucket } from "../../data/private-bucket";
import { logGroupName } from "../../naming";
import type { ContainerDefinition, LogConfiguration } from "../containers/container-definition";
import { collector } from "../containers/collector";
import { logBuffer, logRouter, routed } from "../containers/log-router";
import { awslogs, type LogPlace } from "../containers/parts";

export interface TaskLogsProps {
  readonly stage: StageConfig;
  readonly name: string;
  readonly service: ServiceConfig;
  readonly logGroup: CloudwatchLogGroup;
}

/** Where the lines, traces and metrics of a service's task go, and the containers that take them there. */
export class TaskLogs extends Construct {
  public readonly containers: readonly ContainerDefinition[];
  /** What the containers write to by the task's own role. */
  public readonly places: { readonly logGroupArns: readonly string[]; readonly logBucketArn?: string | undefined };
  /** Names of the disks that the containers write to. */
  public readonly volumes: readonly string[];
  private readonly place: LogPlace & { readonly bucket?: string };

  constructor(
    scope: Construct,
    id: string,
    private readonly props: TaskLogsProps,
  ) {
    super(scope, id);
    const { stage, name, service, logGroup } = props;
    const { logs, telemetry } = service;
    const firelens = logs.driver === "firelens" ? logs : undefined;
    const bucket = firelens?.destination === "s3" ? this.bucket() : undefined;
    const metrics = telemetry && this.metricGroup();
    this.place = {
      group: logGroup.name,
      region: stage.region,
      ...(bucket !== undefined && { bucket: bucket.name }),
    };
    const namespace = `${stage.app}/${stage.stage}/${name}`;
    this.containers = [
      ...(firelens === undefined ? [] : [logRouter(firelens, this.place)]),
      ...(telemetry === undefined || metrics === undefined
        ? []
        : [collector(telemetry, { ...this.place, namespace, metricGroup: metrics.name })]),
    ];
    this.volumes = bucket === undefined ? [] : [logBuffer];
    this.places = {
      logGroupArns: [
        ...(firelens?.destination === "cloudwatch" ? [logGroup.arn] : []),
        ...(metrics === undefined ? [] : [metrics.arn]),
      ],
      logBucketArn: bucket?.arn,
    };
  }

  /** Where the service's own container writes. */
  public configuration(prefix: string): LogConfiguration {
    const { logs } = this.props.service;
    return logs.driver === "firelens" ? routed(logs, this.place, prefix) : awslogs(this.place, prefix);
  }

  private bucket(): PrivateBucket {
    const { stage, name, service } = this.props;
    return new PrivateBucket(this, "bucket", {
      stage,
      role: `${name}-service-logs`,
      expirationDays: service.logRetentionDays,
      noncurrentDays: 1,
      forceDelete: stage.images.forceDelete,
    });
  }

  private metricGroup(): CloudwatchLogGroup {
    const { stage, name, service } = this.props;
    return new CloudwatchLogGroup(this, "metrics", {
      name: logGroupName(stage, `${name}/metrics`),
      retentionInDays: service.logRetentionDays,
    });
  }
}
