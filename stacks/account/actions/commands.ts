import { arnOf, type Place } from "../../arn";
import { clusterName, logGroupName, repositoryName, serviceName, taskFamily } from "../../naming";
import type { TypeActions } from "./table";

/** Some of what a command calls by itself, beside Terraform. */
export interface CommandActions {
  readonly actions: readonly string[];
  readonly on: TypeActions["on"];
  /** Services to which it hands roles of the stage. @default [] */
  readonly handsRolesTo?: readonly string[];
}

type CommandTable = Readonly<Record<string, readonly CommandActions[]>>;

const on = (kind: string, name: (place: Place) => string) => (place: Place) => [
  arnOf(place, "ecs", `${kind}/${name(place)}`),
];
const services = on("service", (place) => `${clusterName(place)}/${serviceName(place, "*")}`);
const deployments = on("service-deployment", (place) => `${clusterName(place)}/*`);
const definitions = on("task-definition", (place) => `${taskFamily(place, "*")}:*`);
const tasks = on("task", (place) => `${clusterName(place)}/*`);
// ECS asks for this kind whatever the tasks run on.
const containerInstances = on("container-instance", (place) => `${clusterName(place)}/*`);
const repositories = (place: Place) => [arnOf(place, "ecr", `repository/${repositoryName(place, "*")}`)];

const service: CommandActions = { actions: ["ecs:DescribeServices"], on: services };
const definition: CommandActions = { actions: ["ecs:DescribeTaskDefinition"], on: definitions };
const task: CommandActions = { actions: ["ecs:DescribeTasks"], on: tasks };
const images: CommandActions = { actions: ["ecr:DescribeImages", "ecr:DescribeRepositories"], on: repositories };
const lines: CommandActions = {
  actions: ["logs:GetLogEvents"],
  on: (place) => [arnOf(place, "logs", `log-group:${logGroupName(place, "*")}`)],
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
      handsRolesTo: ["ecs-tasks.amazonaws.com"],
    },
    { actions: ["ecs:StopTask"], on: tasks },
    // For the tags that a definition carries, and hands to its task.
    { actions: ["ecs:TagResource"], on: (place) => [...definitions(place), ...tasks(place)] },
  ],
  release: [images, service, definition, { actions: ["ecs:UpdateService"], on: services }],
  rollout: [
    service,
    definition,
    task,
    lines,
    { actions: ["ecs:ListServiceDeployments"], on: services },
    { actions: ["ecs:DescribeServiceDeployments"], on: (place) => [...services(place), ...deployments(place)] },
    { actions: ["ecs:ListTasks"], on: containerInstances },
  ],
};
