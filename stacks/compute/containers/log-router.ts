import type { Logs } from "../../../schema/services/container";
import type { ContainerDefinition, LogConfiguration } from "./container-definition";
import { awslogs, type LogPlace } from "./parts";

type FireLens = Extract<Logs, { driver: "firelens" }>;

/** Volume where Fluent Bit keeps the lines that are not yet in S3. */
export const logBuffer = "log-buffer";

/** Fluent Bit, which ECS starts before what writes to it, and stops after. */
export function logRouter({ image, cpu, memoryMiB, destination }: FireLens, logs: LogPlace): ContainerDefinition {
  return {
    name: "log-router",
    image,
    essential: true,
    cpu,
    memory: memoryMiB,
    // The socket that ECS makes for it belongs to root.
    user: "0",
    readonlyRootFilesystem: true,
    // Its way to S3 does not even start where it cannot write: https://docs.fluentbit.io/manual/pipeline/outputs/s3
    ...(destination === "s3" && {
      mountPoints: [{ sourceVolume: logBuffer, containerPath: "/tmp/fluent-bit", readOnly: false }],
    }),
    firelensConfiguration: { type: "fluentbit", options: { "enable-ecs-log-metadata": "true" } },
    logConfiguration: awslogs(logs, "log-router"),
  };
}

/** What Fluent Bit does with a container's lines. https://docs.fluentbit.io/manual/pipeline/outputs/cloudwatch, https://docs.fluentbit.io/manual/pipeline/outputs/s3 */
export function routed(
  { destination }: FireLens,
  { group, region, bucket }: LogPlace & { readonly bucket?: string },
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
