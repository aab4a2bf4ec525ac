import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";
import type { ServiceConfig, StageConfig } from "../../../schema";
import type { Logs, Telemetry } from "../../../schema/services/container";
import { PrivateBucket } from "../../data/private-bucket";
import { encodedJson } from "../../json";
import { logGroupName } from "../../naming";
import { awslogs, type ContainerDefinition, type LogConfiguration, type LogTarget } from "./containers";

export interface TaskObservabilityProps {
  readonly stage: StageConfig;
  readonly name: string;
  readonly service: ServiceConfig;
  readonly logGroup: CloudwatchLogGroup;
}

/** OTLP endpoint of the collector: containers of a task share `localhost`. */
export const collectorEndpoint = "http://localhost:4318";

/** Destinations of the logs, traces and metrics of a service's task, and the containers that send them there. */
export class TaskObservability extends Construct {
  public readonly containers: readonly ContainerDefinition[];
  /** Destinations that the task role must be allowed to write to. */
  public readonly resources: { readonly logGroupArns: readonly string[]; readonly logBucketArn?: string | undefined };
  /** Volumes that the containers write to. */
  public readonly volumes: readonly string[];
  private readonly target: LogTarget & { readonly bucket?: string };

  constructor(
    scope: Construct,
    id: string,
    private readonly props: TaskObservabilityProps,
  ) {
    super(scope, id);
    const { stage, name, service, logGroup } = props;
    const { logs, telemetry } = service;
    const firelens = logs.driver === "firelens" ? logs : undefined;
    const bucket = firelens?.destination === "s3" ? this.bucket() : undefined;
    const metrics = telemetry && this.metricGroup();
    this.target = {
      group: logGroup.name,
      region: stage.region,
      ...(bucket !== undefined && { bucket: bucket.name }),
    };
    const namespace = `${stage.app}/${stage.stage}/${name}`;
    this.containers = [
      ...(firelens === undefined ? [] : [logRouter(firelens, this.target)]),
      ...(telemetry === undefined || metrics === undefined
        ? []
        : [collector(telemetry, { ...this.target, namespace, metricGroup: metrics.name })]),
    ];
    this.volumes = bucket === undefined ? [] : [logBuffer];
    this.resources = {
      logGroupArns: [
        ...(firelens?.destination === "cloudwatch" ? [logGroup.arn] : []),
        ...(metrics === undefined ? [] : [metrics.arn]),
      ],
      logBucketArn: bucket?.arn,
    };
  }

  /** The log configuration of the service's container. */
  public configuration(prefix: string): LogConfiguration {
    const { logs } = this.props.service;
    return logs.driver === "firelens" ? firelensConfiguration(logs, this.target, prefix) : awslogs(this.target, prefix);
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

type FireLens = Extract<Logs, { driver: "firelens" }>;

/** Volume in which Fluent Bit buffers log events for S3. */
const logBuffer = "log-buffer";

/** Fluent Bit. ECS starts it before the containers that log to it, and stops it after them. */
function logRouter({ image, cpu, memoryMiB, destination }: FireLens, logs: LogTarget): ContainerDefinition {
  return {
    name: "log-router",
    image,
    essential: true,
    cpu,
    memory: memoryMiB,
    // The socket that ECS creates for it is owned by root.
    user: "0",
    readonlyRootFilesystem: true,
    // The S3 output does not start without a writable path: https://docs.fluentbit.io/manual/pipeline/outputs/s3
    ...(destination === "s3" && {
      mountPoints: [{ sourceVolume: logBuffer, containerPath: "/tmp/fluent-bit", readOnly: false }],
    }),
    firelensConfiguration: { type: "fluentbit", options: { "enable-ecs-log-metadata": "true" } },
    logConfiguration: awslogs(logs, "log-router"),
  };
}

/** The output of Fluent Bit for a container's logs. https://docs.fluentbit.io/manual/pipeline/outputs/cloudwatch, https://docs.fluentbit.io/manual/pipeline/outputs/s3 */
function firelensConfiguration(
  { destination }: FireLens,
  { group, region, bucket }: LogTarget & { readonly bucket?: string },
  prefix: string,
): LogConfiguration {
  if (destination === "cloudwatch" || bucket === undefined) {
    return {
      logDriver: "awsfirelens",
      options: {
        Name: "cloudwatch_logs",
        region,
        log_group_name: group,
        log_stream_prefix: `${prefix}/`,
        auto_create_group: "false",
      },
    };
  }
  return {
    logDriver: "awsfirelens",
    options: {
      Name: "s3",
      region,
      bucket,
      s3_key_format: `/${prefix}/%Y/%m/%d/%H-%M-%S-$UUID`,
      total_file_size: "5M",
      upload_timeout: "1m",
      use_put_object: "On",
    },
  };
}

/** Receives OTLP, and sends traces to X-Ray and metrics, in embedded metric format, to CloudWatch. */
function collector(
  { image, cpu, memoryMiB }: Telemetry,
  logs: LogTarget & { readonly namespace: string; readonly metricGroup: string },
): ContainerDefinition {
  const { region, namespace, metricGroup } = logs;
  return {
    name: "collector",
    image,
    // The service does not depend on it.
    essential: false,
    cpu,
    memory: memoryMiB,
    environment: [
      { name: "AOT_CONFIG_CONTENT", value: encodedJson(collectorConfiguration(region, namespace, metricGroup)) },
    ],
    user: "1000:1000",
    readonlyRootFilesystem: true,
    healthCheck: { command: ["CMD", "/healthcheck"], interval: 30, timeout: 5, retries: 3, startPeriod: 10 },
    logConfiguration: awslogs(logs, "collector"),
  };
}

/** JSON, which is valid YAML. https://aws-otel.github.io/docs/setup/ecs/config-through-ssm */
function collectorConfiguration(region: string, namespace: string, metricGroup: string) {
  return {
    extensions: { health_check: {} },
    receivers: {
      otlp: { protocols: { http: { endpoint: "127.0.0.1:4318" }, grpc: { endpoint: "127.0.0.1:4317" } } },
    },
    processors: { batch: {} },
    exporters: {
      awsxray: { region },
      awsemf: { region, namespace, log_group_name: metricGroup, log_stream_name: "metrics" },
    },
    service: {
      extensions: ["health_check"],
      pipelines: {
        traces: { receivers: ["otlp"], processors: ["batch"], exporters: ["awsxray"] },
        metrics: { receivers: ["otlp"], processors: ["batch"], exporters: ["awsemf"] },
      },
    },
  };
}
