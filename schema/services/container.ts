import { z } from "zod";
import {
  argument,
  choice,
  flag,
  integer,
  kmsKeyArn,
  matching,
  variants,
  name,
  plainText,
  secretArn,
} from "../primitives";
import { image } from "./image";
import { secretKind } from "./secret-patterns";

/** User of a container, with an optional group after a colon. @default "1000:1000" */
export const user = matching(
  /^(?!0+(:|$)|root(:|$))[\w-]+(:[\w-]+)?$/,
  'must be a user other than root; write one such as "1000:1000"',
).default("1000:1000");

const variableName = matching(
  /^[A-Za-z_]\w*$/,
  "must be the name of an environment variable; write letters, digits and _",
);

/** Share of a task definition's 64 KiB for the variables of one container, in characters. */
const maximumCharacters = 32768;

/** Environment variables in plain text. Values that look like secrets are errors, as a task definition is readable. */
export const environment = z.record(variableName, plainText).superRefine((variables, context) => {
  const characters = Object.entries(variables).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (characters > maximumCharacters) {
    const message = `are too long for a task definition; write at most ${maximumCharacters} characters in all`;
    context.addIssue({ code: "custom", input: variables, message });
  }
  for (const [name, value] of Object.entries(variables)) {
    const kind = secretKind(name, value);
    if (kind === undefined) continue;
    const message = `is ${kind}; store it in Secrets Manager or Parameter Store, and write its ARN under \`secrets\``;
    context.addIssue({ code: "custom", path: [name], input: value, message });
  }
});

/** Key of a JSON secret whose value is used. @default - the whole secret */
const key = matching(/^[\w.-]+$/, "must be a key of the secret's JSON; write its name").optional();

/** Environment variables whose values ECS reads when a task starts; they are in no file, plan or state. */
export const secrets = z.record(
  variableName,
  z.union([
    z.strictObject({
      /** Complete ARN of a secret, with the six characters that Secrets Manager appends to its name. */
      secretArn,
      key,
      /** Customer managed key of the secret. @default - the AWS managed key */
      kmsKeyArn: kmsKeyArn.optional(),
    }),
    z.strictObject({
      parameterArn: matching(
        /^arn:aws[a-z-]*:ssm:[a-z0-9-]+:\d{12}:parameter\/[\w./-]+$/,
        'must be the ARN of a parameter; write one such as "arn:aws:ssm:us-east-1:111122223333:parameter/shop/stripe"',
      ),
      /** Customer managed key of the parameter. @default - the AWS managed key */
      kmsKeyArn: kmsKeyArn.optional(),
    }),
    z.strictObject({
      /** Name in the stage's `data.secrets`. */
      secret: name(24, "stripe"),
      key,
    }),
  ]),
);

/** Message for a health check whose timeout is not shorter than its interval, which AWS refuses only at apply. */
const timeoutBelowInterval = {
  path: ["timeoutSeconds"],
  error: "must be below intervalSeconds; write a shorter time",
};

/** Container health check of ECS. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
export const containerHealthCheck = z
  .strictObject({
    /** Program and arguments, run without a shell; the image must contain it. */
    command: z
      .array(argument, "must be a list; write the program and its arguments")
      .min(1, "must not be empty; write a program"),
    /** @default 30 */
    intervalSeconds: integer(5, 300).default(30),
    /** @default 5 */
    timeoutSeconds: integer(2, 60).default(5),
    /** Consecutive failures after which the container is unhealthy. @default 3 */
    retries: integer(1, 10).default(3),
    /** Grace period in which failures do not count. @default 60 */
    startPeriodSeconds: integer(0, 300).default(60),
  })
  .refine(({ timeoutSeconds, intervalSeconds }) => timeoutSeconds < intervalSeconds, timeoutBelowInterval);

/** Health check of a target group. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html */
export const targetHealthCheck = z
  .strictObject({
    /** @default "/health" */
    path: matching(/^\/[\w./~-]*$/, 'must be a path; write one such as "/health"').default("/health"),
    /** @default 10 */
    intervalSeconds: integer(5, 300).default(10),
    /** @default 6 */
    timeoutSeconds: integer(2, 120).default(6),
    /** Consecutive successes after which a target is healthy. @default 3 */
    healthyThreshold: integer(2, 10).default(3),
    /** Consecutive failures after which a target is unhealthy. @default 3 */
    unhealthyThreshold: integer(2, 10).default(3),
  })
  .refine(({ timeoutSeconds, intervalSeconds }) => timeoutSeconds < intervalSeconds, timeoutBelowInterval);

/** An additional container of a service's task. Containers of a task share the network interface (`localhost`). */
export const sidecar = z
  .strictObject({
    image,
    /** Program and arguments. @default - the image's */
    command: z.array(argument).min(1, "must not be empty; write a program, or leave it out").optional(),
    /** CPU that is reserved for it, in 1/1024 vCPU. @default 0 */
    cpu: integer(0, 16384).default(0),
    /** Memory limit in MiB, above which the container is stopped. */
    memoryMiB: integer(6, 122880),
    /** Whether the task stops when the container stops. @default true */
    essential: flag.default(true),
    /**
     * Condition of this container on which the service's container depends: `start` or `healthy`, or `success` or
     * `complete` of a container that exits and is not essential. @default - no dependency
     */
    dependencyCondition: choice("start", "healthy", "success", "complete").optional(),
    /** @default {} */
    environment: environment.default({}),
    /** @default {} */
    secrets: secrets.default({}),
    user,
    /** Whether its root file system is read-only. @default true */
    readonlyRootFilesystem: flag.default(true),
    /** @default - none */
    healthCheck: containerHealthCheck.optional(),
  })
  .refine(({ dependencyCondition, healthCheck }) => dependencyCondition !== "healthy" || healthCheck !== undefined, {
    path: ["dependencyCondition"],
    error: "cannot be met without a healthCheck; write one",
  })
  .refine(
    ({ dependencyCondition: condition, essential }) =>
      !essential || (condition !== "success" && condition !== "complete"),
    {
      path: ["essential"],
      error: "stops the task when the container exits; write false for a container that others wait to exit",
    },
  );

/** Log driver of a container. */
export const logs = z.discriminatedUnion(
  "driver",
  [
    z.strictObject({
      /** CloudWatch Logs. */
      driver: z.literal("awslogs"),
    }),
    z.strictObject({
      /** FireLens with a Fluent Bit container. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html */
      driver: z.literal("firelens"),
      /** `cloudwatch`: the service's log group; `s3`: a bucket with the retention of the service's logs. */
      destination: choice("cloudwatch", "s3"),
      /** @default "public.ecr.aws/aws-observability/aws-for-fluent-bit:3.4.16" */
      image: image.default("public.ecr.aws/aws-observability/aws-for-fluent-bit:3.4.16"),
      /** CPU that is reserved for Fluent Bit, in 1/1024 vCPU. @default 0 */
      cpu: integer(0, 16384).default(0),
      /** Memory limit of Fluent Bit, in MiB. @default 64 */
      memoryMiB: integer(32, 122880).default(64),
    }),
  ],
  variants("driver", "awslogs", "firelens"),
);

/** AWS Distro for OpenTelemetry as a sidecar: traces to X-Ray, metrics to CloudWatch. https://aws-otel.github.io/docs/setup/ecs */
export const telemetry = z.strictObject({
  /** @default "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3" */
  image: image.default("public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3"),
  /** CPU that is reserved for the collector, in 1/1024 vCPU. @default 64 */
  cpu: integer(0, 16384).default(64),
  /** Memory limit of the collector, in MiB. @default 128 */
  memoryMiB: integer(64, 122880).default(128),
});

export type Secrets = z.output<typeof secrets>;
export type Secret = Secrets[string];
export type Sidecar = z.output<typeof sidecar>;
export type Logs = z.output<typeof logs>;
export type Telemetry = z.output<typeof telemetry>;

/** Secrets of all containers of a service's task. */
export function taskSecrets(service: {
  readonly secrets: Secrets;
  readonly sidecars: Readonly<Record<string, { readonly secrets: Secrets }>>;
}): Secret[] {
  return [service, ...Object.values(service.sidecars)].flatMap(({ secrets }) => Object.values(secrets));
}
