import type { ServiceConfig } from "../../../schema";
import { ecrRepository, sidecarImages } from "../../../schema/services/image";
import { taskSecrets, type Secret } from "../../../schema/services/container";
import type { Statement } from "../../data/grant";
import type { StageSecrets } from "../containers/parts";

/** What ECS needs to start a service's task: its images, its secrets, and a place for its lines. */
export function executionStatements(
  service: ServiceConfig,
  place: {
    readonly repositoryArns: readonly string[];
    readonly logGroupArn: string;
    readonly stageSecret: StageSecrets;
  },
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
    ...secretStatements(taskSecrets(service), place.stageSecret),
  ];
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html#task-execution-secrets */
function secretStatements(secrets: readonly Secret[], stageSecret: StageSecrets): Statement[] {
  const places = secrets.map((secret) => ("secret" in secret ? stageSecret(secret.secret) : secret));
  const statement = (action: string, arns: readonly string[]): Statement[] =>
    arns.length === 0 ? [] : [{ actions: [action], resources: [...new Set(arns)].sort() }];
  return [
    ...statement(
      "secretsmanager:GetSecretValue",
      places.flatMap((place) => {
        if ("parameterArn" in place) return [];
        return "secretArn" in place ? place.secretArn : place.arn;
      }),
    ),
    ...statement(
      "ssm:GetParameters",
      secrets.flatMap((secret) => ("parameterArn" in secret ? [secret.parameterArn] : [])),
    ),
    ...statement(
      "kms:Decrypt",
      places.flatMap(({ kmsKeyArn }) => kmsKeyArn ?? []),
    ),
  ];
}
