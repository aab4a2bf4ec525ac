import { arnOf, type ArnScope } from "../../arn";
import { clusterName, logGroupName, repositoryName, serviceName, taskFamily } from "../../naming";
import type { TypeActions } from "./table";

/** AWS actions that a command calls itself, not through Terraform. */
export interface CommandActions {
  readonly actions: readonly string[];
  readonly on: TypeActions["on"];
  /** Services to which the command passes roles of the stage. @default [] */
  readonly passesRolesTo?: readonly string[];
}

type CommandTable = Readonly<Record<string, readonly CommandActions[]>>;

const on = (kind: string, name: (scope: ArnScope) => string) => (scope: ArnScope) => [
  arnOf(scope, "ecs", `${kind}/${name(scope)}`),
];
const services = on("service", (scope) => `${clusterName(scope)}/${serviceName(scope, "*")}`);
const deployments = on("service-deployment", (scope) => `${clusterName(scope)}/*`);
const definitions = on("task-definition", (scope) => `${taskFamily(scope, "*")}:*`);
const tasks = on("task", (scope) => `${clusterName(scope)}/*`);
// ECS requires this resource type whatever the tasks run on.
const containerInstances = on("container-instance", (scope) => `${clusterName(scope)}/*`);
const repositories = (scope: ArnScope) => [arnOf(scope, "ecr", `repository/${repositoryName(scope, "*")}`)];

const service: CommandActions = { actions: ["ecs:DescribeServices"], on: services };
const definition: CommandActions = { actions: ["ecs:DescribeTaskDefinition"], on: definitions };
const task: CommandActions = { actions: ["ecs:DescribeTasks"], on: tasks };
const images: CommandActions = { actions: ["ecr:DescribeImages", "ecr:DescribeRepositories"], on: repositories };
const lines: CommandActions = {
  actions: ["logs:GetLogEvents"],
  on: (scope) => [arnOf(scope, "logs", `log-group:${logGroupName(scope, "*")}`)],
};

/** Commands that only read, for the plan role: `npm run pipeline -- <command>`. */
export const planCommands: CommandTable = { plan: [service, definition], drift: [service, definition] };

/** Commands that change what runs, for the deploy roles: `npm run pipeline -- <command>`, and `npm run rollout`. */
export const deployCommands: CommandTable = {
  apply: [],
  destroy: [],
  image: [
    images,
    {
      actions: [
        "ecr:GetAuthorizationToken",
        // The container builder calls these: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:CompleteLayerUpload",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
      ],
      on: repositories,
    },
  ],
  migrate: [
    images,
    service,
    definition,
    task,
    lines,
    {
      actions: ["ecs:DeregisterTaskDefinition", "ecs:RegisterTaskDefinition", "ecs:RunTask"],
      on: definitions,
      passesRolesTo: ["ecs-tasks.amazonaws.com"],
    },
    { actions: ["ecs:StopTask"], on: tasks },
    // Tags of a task definition are propagated to its tasks.
    { actions: ["ecs:TagResource"], on: (scope) => [...definitions(scope), ...tasks(scope)] },
  ],
  release: [images, service, definition, { actions: ["ecs:UpdateService"], on: services }],
  rollout: [
    service,
    definition,
    task,
    lines,
    { actions: ["ecs:ListServiceDeployments"], on: services },
    { actions: ["ecs:DescribeServiceDeployments"], on: (scope) => [...services(scope), ...deployments(scope)] },
    { actions: ["ecs:ListTasks"], on: containerInstances },
  ],
};
