import type { ServiceConfig } from "../../../config";
import { ecrRepository } from "../../../config/schema/services/image";
import type { Secret } from "../../../config/schema/services/secrets";
import type { Statement } from "../../data/grant";

/** What ECS needs to start a service's task: its images, its secrets, and a place for its lines. */
export function executionStatements(
  service: ServiceConfig,
  place: { readonly repositoryArns: readonly string[]; readonly logGroupArn: string },
): Statement[] {
  const { sidecars, logs, telemetry } = service;
  const others = [
    ...Object.values(sidecars).map(({ image }) => image),
    ...(logs.driver === "firelens" ? [logs.image] : []),
    ...(telemetry === undefined ? [] : [telemetry.image]),
  ].flatMap((image) => ecrRepository(image)?.arn ?? []);
  return [
    // The one action of ECR that knows no resource.
    { actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
    {
      actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      resources: [...new Set([...place.repositoryArns, ...others])],
    },
    { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${place.logGroupArn}:*`] },
    ...secretStatements([service, ...Object.values(sidecars)].flatMap(({ secrets }) => Object.values(secrets))),
  ];
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html#task-execution-secrets */
function secretStatements(secrets: readonly Secret[]): Statement[] {
  const statement = (action: string, arns: readonly string[]): Statement[] =>
    arns.length === 0 ? [] : [{ actions: [action], resources: [...new Set(arns)].sort() }];
  return [
    ...statement(
      "secretsmanager:GetSecretValue",
      secrets.flatMap((secret) => ("secretArn" in secret ? [secret.secretArn] : [])),
    ),
    ...statement(
      "ssm:GetParameters",
      secrets.flatMap((secret) => ("parameterArn" in secret ? [secret.parameterArn] : [])),
    ),
    ...statement(
      "kms:Decrypt",
      secrets.flatMap(({ kmsKeyArn }) => kmsKeyArn ?? []),
    ),
  ];
}
