import {
  DescribeTasksCommand,
  RunTaskCommand,
  StopTaskCommand,
  type NetworkConfiguration,
  type Task,
} from "@aws-sdk/client-ecs";
import { ToolError } from "../../../lib/toolchain";
import { callAws, type Clients } from "../../../lib/aws";

/** What runs once, and where. */
export interface TaskRun {
  readonly cluster: string;
  readonly definition: string;
  readonly network: NetworkConfiguration | undefined;
  readonly startedBy: string;
  readonly timeoutMs: number;
}

/** How time goes by. */
export interface Clock {
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<unknown>;
}

const pollMs = 5000;

/**
 * Runs a task to its end.
 *
 * @throws ToolError when ECS does not start it, and when it takes too long, in which case it is stopped
 */
export async function runToEnd({ ecs }: Pick<Clients, "ecs">, task: TaskRun, clock: Clock): Promise<Task> {
  const { cluster, timeoutMs } = task;
  const started = await start({ ecs }, task);
  const deadline = clock.now() + timeoutMs;
  for (;;) {
    const describe = new DescribeTasksCommand({ cluster, tasks: [started] });
    const [seen] = (await callAws("ecs:DescribeTasks", ecs.send(describe))).tasks ?? [];
    if (seen?.lastStatus === "STOPPED") return seen;
    if (clock.now() >= deadline) {
      const reason = `did not end within ${timeoutMs / 60_000} minutes`;
      await callAws("ecs:StopTask", ecs.send(new StopTaskCommand({ cluster, task: started, reason })));
      throw new ToolError(`the task ${started} ${reason}, and was stopped; give it longer with --timeout`);
    }
    await clock.pause(pollMs);
  }
}

async function start({ ecs }: Pick<Clients, "ecs">, task: TaskRun): Promise<string> {
  const { cluster, definition: taskDefinition, network: networkConfiguration, startedBy } = task;
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
  const why = failures.map(({ reason = "", detail = "" }) => `${reason} ${detail}`.trim()).join(", ");
  throw new ToolError(`ECS did not start ${taskDefinition}: ${why === "" ? "no reason given" : why}`);
}
