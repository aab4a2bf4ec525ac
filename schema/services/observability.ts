import { z } from "zod";
import { integer } from "../primitives";
import { image } from "./image";

/** Where what a container prints goes to. */
export const logs = z.discriminatedUnion(
  "driver",
  [
    z.strictObject({
      /** CloudWatch Logs, by ECS itself. */
      driver: z.literal("awslogs"),
    }),
    z.strictObject({
      /** Fluent Bit beside the container. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html */
      driver: z.literal("firelens"),
      /** `cloudwatch`: the service's log group; `s3`: a bucket of its own, kept as long as its logs. */
      destination: z.enum(["cloudwatch", "s3"], 'is no destination; write "cloudwatch" or "s3"'),
      /** @default "public.ecr.aws/aws-observability/aws-for-fluent-bit:3.4.16" */
      image: image.default("public.ecr.aws/aws-observability/aws-for-fluent-bit:3.4.16"),
      /** @default 0 */
      cpu: integer(0, 16384).default(0),
      /** In MiB. @default 64 */
      memoryMiB: integer(32, 122880).default(64),
    }),
  ],
  'is no driver; write "awslogs" or "firelens"',
);

/** The AWS Distro for OpenTelemetry beside the container: traces to X-Ray, metrics to CloudWatch. https://aws-otel.github.io/docs/setup/ecs */
export const telemetry = z.strictObject({
  /** @default "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3" */
  image: image.default("public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3"),
  /** @default 64 */
  cpu: integer(0, 16384).default(64),
  /** In MiB. @default 128 */
  memoryMiB: integer(64, 122880).default(128),
});

export type Logs = z.output<typeof logs>;
export type Telemetry = z.output<typeof telemetry>;
