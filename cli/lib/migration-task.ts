import {
  ClientException,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StopTaskCommand,
  type NetworkConfiguration,
  type RegisterTaskDefinitionCommandInput,
  type Tag,
  type Task,
  type TaskDefinition,
} from "@aws-sdk/client-ecs";
import { ToolError } from "./tool-error";
import { callAws, type Clients } from "./aws";
import type { Clock } from "./clock";

type Ecs = Pick<Clients, "ecs">;

/** A task that is run once. */
export interface TaskRun {
  readonly cluster: string;
  readonly taskDefinition: string;
  readonly networkConfiguration: NetworkConfiguration | undefined;
  readonly startedBy: string;
  readonly timeoutMs: number;
  /** Time between two looks at the task. @default 5000 */
  readonly pollMs?: number;
}

/** Name of the one-off task that prepares the data of a service for its new image. */
export const migration = "migrate";

/**
 * Registers the newest task definition of a family again, with another image for one container; resolves to its ARN.
 *
 * @throws ToolError when the family does not exist yet, or lacks the container
 */
export async function registerWithImage(
  { ecs }: Ecs,
  family: string,
  container: string,
  image: string,
): Promise<string> {
  const describe = new DescribeTaskDefinitionCommand({ taskDefinition: family, include: ["TAGS"] });
  const output = ecs.send(describe).catch((error: unknown) => {
    if (!(error instanceof ClientException)) throw error;
    throw new ToolError(`there is no task definition ${family}; apply the infrastructure first`);
  });
  const { taskDefinition, tags } = await callAws("ecs:DescribeTaskDefinition", output);
  if (taskDefinition?.containerDefinitions?.some(({ name }) => name === container) !== true) {
    throw new ToolError(`the task definition ${family} has no container ${container}; apply the infrastructure first`);
  }
  const register = new RegisterTaskDefinitionCommand(copyOf(taskDefinition, tags, container, image));
  const registered = await callAws("ecs:RegisterTaskDefinition", ecs.send(register));
  return registered.taskDefinition?.taskDefinitionArn ?? family;
}

/** The fields of a task definition that ECS accepts, without those that it sets itself. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html */
export function copyOf(
  definition: TaskDefinition,
  tags: readonly Tag[] = [],
  container: string,
  image: string,
): RegisterTaskDefinitionCommandInput {
  const { family, containerDefinitions = [] } = definition;
  const { taskRoleArn, executionRoleArn, networkMode, volumes, cpu, memory } = definition;
  const { requiresCompatibilities, ephemeralStorage, runtimePlatform, pidMode, enableFaultInjection } = definition;
  return {
    family,
    taskRoleArn,
    executionRoleArn,
    networkMode,
    volumes,
    cpu,
    memory,
    requiresCompatibilities,
    ephemeralStorage,
    runtimePlatform,
    pidMode,
    enableFaultInjection,
    containerDefinitions: containerDefinitions.map((each) => (each.name === container ? { ...each, image } : each)),
    ...(tags.length > 0 && { tags: [...tags] }),
  };
}

/**
 * Runs a task until it stops.
 *
 * @throws ToolError when ECS does not start it, and when it exceeds the timeout, in which case it is stopped
 */
export async function runTask({ ecs }: Ecs, task: TaskRun, clock: Clock): Promise<Task> {
  const { cluster, timeoutMs, pollMs = 5000 } = task;
  const arn = await startTask({ ecs }, task);
  const deadline = clock.now().getTime() + timeoutMs;
  for (;;) {
    const describe = new DescribeTasksCommand({ cluster, tasks: [arn] });
    const [current] = (await callAws("ecs:DescribeTasks", ecs.send(describe))).tasks ?? [];
    if (current?.lastStatus === "STOPPED") return current;
    if (clock.now().getTime() >= deadline) {
      const reason = `did not end within ${timeoutMs / 60_000} minutes`;
      await callAws("ecs:StopTask", ecs.send(new StopTaskCommand({ cluster, task: arn, reason })));
      throw new ToolError(`the task ${arn} ${reason}, and was stopped; set a longer --timeout`);
    }
    await clock.pause(pollMs);
  }
}

/** The reason that a stopped task failed; undefined when its container ended with exit code 0. */
export function failureOf(
  { containers = [], stoppedReason = "no reason given" }: Task,
  container: string,
): string | undefined {
  const stopped = containers.find(({ name }) => name === container);
  const exitCode = stopped?.exitCode;
  if (exitCode === 0) return undefined;
  const reasons = [stoppedReason, stopped?.reason].filter((reason) => reason !== undefined).join("; ");
  return exitCode === undefined ? `never ran: ${reasons}` : `ended with exit code ${exitCode}: ${reasons}`;
}

async function startTask({ ecs }: Ecs, task: TaskRun): Promise<string> {
  const { cluster, taskDefinition, networkConfiguration, startedBy } = task;
  const command = new RunTaskCommand({
    cluster,
    taskDefinition,
    networkConfiguration,
    startedBy,
    launchType: "FARGATE",
    enableECSManagedTags: true,
    propagateTags: "TASK_DEFINITION",
  });
  const { tasks = [], failures = [] } = await callAws("ecs:RunTask", ecs.send(command));
  const arn = tasks[0]?.taskArn;
  if (arn !== undefined) return arn;
  const reasons = failures.map(({ reason = "", detail = "" }) => `${reason} ${detail}`.trim()).join(", ");
  throw new ToolError(`ECS did not start ${taskDefinition}: ${reasons === "" ? "no reason given" : reasons}`);
}
