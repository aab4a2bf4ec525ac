import type { Container, Task } from "@aws-sdk/client-ecs";
import type { Observation } from "./observation";

/** An event of an ECS service. */
export interface RolloutEvent {
  readonly at: Date;
  readonly message: string;
}

/** A container of a stopped task. */
export interface StoppedContainer {
  readonly name: string;
  readonly exitCode?: number;
  readonly reason?: string;
  readonly isUnhealthy: boolean;
}

/** Tasks that stopped for the same reason. */
export interface StoppedTasks {
  readonly count: number;
  readonly revision: string;
  readonly reason: string;
  readonly stopCode?: string;
  readonly containers: readonly StoppedContainer[];
  /** The task that stopped last. */
  readonly newest: Task;
}

/** A revision that has running tasks. */
export interface RunningRevision {
  readonly revision: string;
  readonly images: readonly string[];
  readonly running: number;
  readonly desired: number;
}

/** The distinct events since the start of a rollout, oldest first. */
export function eventsOf(observations: readonly Observation[], since: Date): RolloutEvent[] {
  const byId = new Map(
    observations.flatMap(({ service }) => (service.events ?? []).map((event) => [event.id, event] as const)),
  );
  return [...byId.values()]
    .flatMap(({ createdAt, message }) =>
      createdAt && message !== undefined && createdAt >= since
        ? [{ at: createdAt, message: withoutService(message) }]
        : [],
    )
    .sort((one, other) => one.at.getTime() - other.at.getTime());
}

/** The tasks of a rollout that stopped unexpectedly; the latest come first. */
export function stoppedTasksOf(observations: readonly Observation[], since: Date): StoppedTasks[] {
  // A later observation of a task has more details, such as its exit code.
  const byArn = new Map(observations.flatMap(({ tasks }) => tasks.map((task) => [task.taskArn, task] as const)));
  const stopped = [...byArn.values()]
    .filter((task) => task.desiredStatus === "STOPPED" && (task.createdAt ?? since) >= since && !isScaledIn(task))
    .sort((one, other) => stopTime(other) - stopTime(one));
  const groups = new Map<string, StoppedTasks>();
  for (const task of stopped) {
    const description = describe(task);
    const key = JSON.stringify(description);
    const { count, newest } = groups.get(key) ?? { count: 0, newest: task };
    groups.set(key, { ...description, count: count + 1, newest });
  }
  return [...groups.values()];
}

/** The revisions that run at the moment of an observation, the primary deployment's first. */
export function runningRevisionsOf({ service, tasks }: Observation): RunningRevision[] {
  return (service.deployments ?? [])
    .map(({ taskDefinition, runningCount = 0, desiredCount = 0 }) => ({
      revision: revisionOf(taskDefinition),
      images: imagesOf(tasks.filter((task) => task.taskDefinitionArn === taskDefinition)),
      running: runningCount,
      desired: desiredCount,
    }))
    .filter(({ running }) => running > 0);
}

/** Every event starts with the name of the service. */
const withoutService = (message: string) => message.replace(/^\(service \S+\) /, "");

/** ECS stops the tasks of a replaced deployment with this reason; it is not a failure. */
const isScaledIn = ({ stoppedReason = "" }: Task) => stoppedReason.startsWith("Scaling activity initiated by");

const stopTime = ({ stoppedAt, stoppingAt, createdAt }: Task) => (stoppedAt ?? stoppingAt ?? createdAt)?.getTime() ?? 0;

function describe(task: Task): Omit<StoppedTasks, "count" | "newest"> {
  const { stoppedReason = "no reason given", stopCode, taskDefinitionArn, containers = [] } = task;
  return {
    revision: revisionOf(taskDefinitionArn),
    reason: stoppedReason,
    stopCode,
    containers: containers.map(stoppedContainer),
  };
}

function stoppedContainer({ name = "", exitCode, reason, healthStatus }: Container): StoppedContainer {
  return { name, exitCode, reason, isUnhealthy: healthStatus === "UNHEALTHY" };
}

function imagesOf(tasks: Observation["tasks"]): string[] {
  const images = tasks
    .filter(({ lastStatus }) => lastStatus === "RUNNING")
    .flatMap(({ containers = [] }) => containers.flatMap(({ image }) => (image === undefined ? [] : [image])));
  return [...new Set(images)];
}

/** Family and revision of a task definition, such as `shop-orders-task-dev01:42`. */
const revisionOf = (arn: string | undefined) => arn?.split("/").at(-1) ?? "an unknown revision";
