import type { ServiceConfig } from "../../../schema";
import { ecrRepository, sidecarImages } from "../../../schema/services/image";
import { taskSecrets, type Secret } from "../../../schema/services/container";
import type { Grant, Statement } from "../../data/grant";
import type { StageSecrets } from "./containers";

/** Permissions of the task execution role: pulling images, reading secrets, writing logs. */
export function executionStatements(
  service: ServiceConfig,
  resources: {
    readonly repositoryArns: readonly string[];
    readonly logGroupArn: string;
    readonly stageSecret: StageSecrets;
  },
): Statement[] {
  const others = sidecarImages(service).flatMap(({ image }) => ecrRepository(image)?.arn ?? []);
  return [
    // This action has no resource-level permissions.
    { actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
    {
      actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      resources: [...new Set([...resources.repositoryArns, ...others])],
    },
    { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${resources.logGroupArn}:*`] },
    ...secretStatements(taskSecrets(service), resources.stageSecret),
  ];
}

/** Resources of a task that its role must be allowed to use, beside those that grants cover. */
export interface TaskResources {
  /** Log group of ECS Exec sessions. */
  readonly sessionLogArn?: string | undefined;
  /** Log groups that FireLens or the collector writes to. */
  readonly logGroupArns: readonly string[];
  /** Bucket that FireLens writes to. */
  readonly logBucketArn?: string | undefined;
  /** The access point of its file system. */
  readonly files?: { readonly fileSystemArn: string; readonly accessPointArn: string } | undefined;
}

/** Permissions of the task role: grants of data services, `permissions` of the stage file, and what sidecars need. */
export function taskStatements(
  service: ServiceConfig,
  grants: readonly Grant[],
  resources: TaskResources,
): Statement[] {
  return [
    ...grants.flatMap(({ statements }) => statements),
    ...service.permissions.map(({ actions, resources, conditions }) => ({
      actions,
      resources,
      ...(conditions.length > 0 && { condition: conditions }),
    })),
    ...execStatements(resources),
    ...telemetryStatements(service, resources),
    ...fileSystemStatements(resources),
  ];
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html#task-execution-secrets */
function secretStatements(secrets: readonly Secret[], stageSecret: StageSecrets): Statement[] {
  const refs = secrets.map((secret) => ("secret" in secret ? stageSecret(secret.secret) : secret));
  const statement = (action: string, arns: readonly string[]): Statement[] =>
    arns.length === 0 ? [] : [{ actions: [action], resources: [...new Set(arns)].sort() }];
  return [
    ...statement(
      "secretsmanager:GetSecretValue",
      refs.flatMap((ref) => {
        if ("parameterArn" in ref) return [];
        return "secretArn" in ref ? ref.secretArn : ref.arn;
      }),
    ),
    ...statement(
      "ssm:GetParameters",
      secrets.flatMap((secret) => ("parameterArn" in secret ? [secret.parameterArn] : [])),
    ),
    ...statement(
      "kms:Decrypt",
      refs.flatMap(({ kmsKeyArn }) => kmsKeyArn ?? []),
    ),
  ];
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#ecs-exec-required-iam-permissions */
function execStatements({ sessionLogArn }: TaskResources): Statement[] {
  if (sessionLogArn === undefined) return [];
  return [
    {
      actions: [
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
      resources: ["*"],
    },
    { actions: ["logs:DescribeLogGroups"], resources: ["*"] },
    {
      actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      resources: [`${sessionLogArn}:*`],
    },
  ];
}

/** https://aws-otel.github.io/docs/setup/permissions */
function telemetryStatements({ telemetry }: ServiceConfig, { logGroupArns, logBucketArn }: TaskResources): Statement[] {
  return [
    ...(telemetry === undefined
      ? []
      : [{ actions: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], resources: ["*"] }]),
    ...(logGroupArns.length === 0
      ? []
      : [
          {
            actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            resources: logGroupArns.map((arn) => `${arn}:*`),
          },
        ]),
    ...(logBucketArn === undefined ? [] : [{ actions: ["s3:PutObject"], resources: [`${logBucketArn}/*`] }]),
  ];
}

/** https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html */
function fileSystemStatements({ files }: TaskResources): Statement[] {
  if (files === undefined) return [];
  return [
    {
      actions: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
      resources: [files.fileSystemArn],
      condition: [
        { test: "StringEquals", variable: "elasticfilesystem:AccessPointArn", values: [files.accessPointArn] },
      ],
    },
  ];
}
