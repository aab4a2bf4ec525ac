import type { ServiceDeployment, Task } from "@aws-sdk/client-ecs";
import type { EcsService } from "../../lib/ecs";
import type { RolloutEvent, StoppedContainer, StoppedTasks } from "./evidence";
import type { Observation } from "./observation";

/** What a diagnosis rests on. */
export interface Evidence {
  /** The latest come first. */
  readonly stopped: readonly StoppedTasks[];
  readonly events: readonly RolloutEvent[];
  readonly healthChecks: readonly string[];
  readonly alarms: readonly string[];
}

/** The most likely cause of a failure in one line; undefined where the evidence shows none. */
export function diagnose({ stopped, events, healthChecks, alarms }: Evidence): string | undefined {
  const [latest] = stopped;
  if (alarms.length > 0) return `alarm ${alarms.join(", ")} is in state ALARM`;
  if (latest && /CannotPull(Container|ECRContainer|ImageManifest)Error/.test(reasonsIn(latest))) {
    return `the image of ${latest.revision} cannot be pulled; push it, or deploy a tag that exists`;
  }
  // Before health checks, which a program that has exited fails too.
  if (latest?.stopCode === "EssentialContainerExited") return firstExit(latest) ?? latest.reason;
  if (latest?.stopCode === "TaskFailedToStart") return latest.reason;
  if (healthChecks.length > 0) return `health check fails: ${healthChecks.join("; ")}`;
  if (latest) return latest.reason;
  return events.findLast(({ message }) => message.includes("unable to"))?.message;
}

/** The failed health checks, with their settings and the response. */
export function failedHealthChecks(
  { config }: Pick<EcsService, "config">,
  { events, stopped }: Pick<Evidence, "events" | "stopped">,
): string[] {
  const container = config.healthCheck?.container;
  const target = config.kind === "web" ? { ...config.healthCheck.target, port: config.port } : undefined;
  const messages = [...events.map(({ message }) => message), ...stopped.map(({ reason }) => reason)];
  const containerFailed =
    messages.some((message) => message.includes("failed container health checks")) ||
    stopped.some(({ containers }) => containers.some(({ isUnhealthy }) => isUnhealthy));
  const targetFailed = messages.some((message) => message.includes("failed ELB health checks"));
  const responses = messages.flatMap((message) => {
    const match = unhealthyTarget.exec(message);
    return match ? [match[1] ?? "no reason given"] : [];
  });
  return [
    ...(containerFailed && container !== undefined
      ? [
          `container: \`${container.command.join(" ")}\` failed ${container.retries} times in a row, ` +
            `every ${container.intervalSeconds} s, after a start period of ${container.startPeriodSeconds} s`,
        ]
      : []),
    ...(target !== undefined && (targetFailed || responses.length > 0)
      ? [
          `load balancer: GET ${target.path} on port ${target.port}, within ${target.timeoutSeconds} s: ` +
            (responses.length > 0 ? [...new Set(responses)].join("; ") : "not healthy"),
        ]
      : []),
  ];
}

/** The alarms that stopped a rollout; all of the deployment's alarms where ECS does not name the triggered ones. */
export function triggeredAlarms(
  { service, deployment }: Observation,
  events: readonly RolloutEvent[],
): readonly string[] {
  if (deployment) return deployment.alarms?.triggeredAlarmNames ?? [];
  const hasAlarm = events.some(({ message }) => message.includes("deployment failed: alarm detected"));
  return hasAlarm ? (service.deploymentConfiguration?.alarms?.alarmNames ?? []) : [];
}

/** Why ECS stopped a rollout, as far as possible in the words of ECS. */
export function failureReasons({ service, deployment }: Observation, events: readonly RolloutEvent[]): string[] {
  const detected = deployment ? detectedFailures(deployment) : [];
  const ofDeployment = [deployment?.statusReason, deployment?.rollback?.reason].filter(
    (reason) => reason !== undefined,
  );
  const ofService = (service.deployments ?? [])
    .filter(({ rolloutState }) => rolloutState === "FAILED")
    .flatMap(({ rolloutStateReason }) => (rolloutStateReason === undefined ? [] : [rolloutStateReason]));
  const ofEvents = events.map(({ message }) => message).filter((message) => message.includes("deployment failed:"));
  const reasons = [ofDeployment, ofService, ofEvents.slice(-1)].find(({ length }) => length > 0) ?? [];
  return [...new Set([...detected, ...reasons])];
}

/** The task whose log is likely to show the cause: the one that stopped last, else one that is not healthy. */
export function taskToInspect(stopped: readonly StoppedTasks[], { tasks }: Observation): Task | undefined {
  return stopped[0]?.newest ?? newestOf(tasks.filter(isNotHealthy)) ?? newestOf(tasks.filter(isStopped));
}

/** The event of a failed target group health check. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-unhealthy-event-messages.html */
const unhealthyTarget = /is unhealthy in \(target-group \S+?\)(?: due to \(reason (.+)\))?/;

const firstExit = ({ containers }: StoppedTasks) => containers.map(exitOf).find((exit) => exit !== undefined);

/** The exit code of a program that a signal ended is 128 plus the signal's number. */
function exitOf({ name, exitCode, reason }: StoppedContainer): string | undefined {
  if (reason?.startsWith("OutOfMemoryError") === true) return `container ${name} needs more memory than its task has`;
  if (exitCode === undefined) return undefined;
  return `container ${name} ends with exit code ${exitCode}${exitCode === 137 ? ", killed by SIGKILL" : ""}`;
}

const reasonsIn = ({ reason, containers }: StoppedTasks) =>
  [reason, ...containers.map((container) => container.reason ?? "")].join(" ");

function detectedFailures({ alarms, deploymentCircuitBreaker }: ServiceDeployment): string[] {
  const names = alarms?.triggeredAlarmNames ?? [];
  const { status, failureCount = 0, threshold = 0 } = deploymentCircuitBreaker ?? {};
  return [
    ...(names.length > 0 ? [`Alarm in state ALARM: ${names.join(", ")}`] : []),
    ...(status === "TRIGGERED" ? [`Circuit breaker: ${failureCount} failed tasks, threshold ${threshold}`] : []),
  ];
}

const isNotHealthy = ({ desiredStatus, healthStatus }: Task) =>
  desiredStatus === "RUNNING" && healthStatus !== "HEALTHY";

/** After an alarm no task has failed: the newest stopped task belongs to the deployment that caused the alarm. */
const isStopped = ({ desiredStatus }: Task) => desiredStatus === "STOPPED";

const newestOf = (tasks: readonly Task[]) =>
  tasks.toSorted((one, other) => (other.createdAt?.getTime() ?? 0) - (one.createdAt?.getTime() ?? 0))[0];
