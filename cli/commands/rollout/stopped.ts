import type { Container, Task } from "@aws-sdk/client-ecs";
import type { Observation } from "./observation";
import { revisionOf } from "./revision";

/** A container of a stopped task. */
export interface StoppedContainer {
  readonly name: string;
  readonly exitCode?: number;
  readonly reason?: string;
  readonly isUnhealthy: boolean;
}

/** Tasks that stopped alike. */
export interface StoppedTasks {
  readonly count: number;
  readonly revision: string;
  readonly reason: string;
  readonly stopCode?: string;
  readonly containers: readonly StoppedContainer[];
  /** The one that stopped last. */
  readonly newest: Task;
}

/** ECS's way to say that a task had to go because another deployment took its place: no failure. */
const isScaledIn = ({ stoppedReason = "" }: Task) => stoppedReason.startsWith("Scaling activity initiated by");

/** The tasks of a rollout that stopped unexpectedly; those that stopped last come first. */
export function stoppedTasksOf(observations: readonly Observation[], since: Date): StoppedTasks[] {
  // The later observation of a task knows more, such as its exit code.
  const byArn = new Map(observations.flatMap(({ tasks }) => tasks.map((task) => [task.taskArn, task] as const)));
  const stopped = [...byArn.values()]
    .filter((task) => task.desiredStatus === "STOPPED" && (task.createdAt ?? since) >= since && !isScaledIn(task))
    .sort((one, other) => stoppedAt(other) - stoppedAt(one));
  const alike = new Map<string, StoppedTasks>();
  for (const task of stopped) {
    const what = describe(task);
    const { count, newest } = alike.get(JSON.stringify(what)) ?? { count: 0, newest: task };
    alike.set(JSON.stringify(what), { ...what, count: count + 1, newest });
  }
  return [...alike.values()];
}

function describe(task: Task): Omit<StoppedTasks, "count" | "newest"> {
  const { stoppedReason = "no reason given", stopCode, taskDefinitionArn, containers = [] } = task;
  return { revision: revisionOf(taskDefinitionArn), reason: stoppedReason, stopCode, containers: containers.map(part) };
}

function part({ name = "", exitCode, reason, healthStatus }: Container): StoppedContainer {
  return { name, exitCode, reason, isUnhealthy: healthStatus === "UNHEALTHY" };
}

const stoppedAt = ({ stoppedAt, stoppingAt, createdAt }: Task) =>
  (stoppedAt ?? stoppingAt ?? createdAt)?.getTime() ?? 0;
