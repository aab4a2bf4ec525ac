import type { ServiceConfig } from "../../../config";
import { ecrRepository, sidecarImages } from "../../../config/schema/services/image";
import { taskSecrets, type Secret } from "../../../config/schema/services/secrets";
import type { Statement } from "../../data/grant";

/** What ECS needs to start a service's task: its images, its secrets, and a place for its lines. */
export function executionStatements(
  service: ServiceConfig,
  place: { readonly repositoryArns: readonly string[]; readonly logGroupArn: string },
): Statement[] {
  const others = sidecarImages(service).flatMap(({ image }) => ecrRepository(image)?.arn ?? []);
  return [
    // The one action of ECR that knows no resource.
    { actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
    {
      actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      resources: [...new Set([...place.repositoryArns, ...others])],
    },
    { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${place.logGroupArn}:*`] },
    ...secretStatements(taskSecrets(service)),
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
