import type { Event } from "./events";
import type { StoppedTasks } from "./stopped";
import type { Target } from "./target";

/** A target group's check as ECS's event tells it. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-unhealthy-event-messages.html */
const ofTargetGroup = /is unhealthy in \(target-group (\S+?)\)(?: due to \(reason (.+)\))?/;

/** The health checks that failed, with what they ask and what they got. */
export function failingHealthChecks(
  { config }: Pick<Target, "config">,
  events: readonly Event[],
  stopped: readonly StoppedTasks[],
): string[] {
  const container = config.healthCheck?.container;
  const target = config.kind === "web" ? { ...config.healthCheck.target, port: config.port } : undefined;
  const messages = [...events.map(({ message }) => message), ...stopped.map(({ reason }) => reason)];
  const isContainer =
    messages.some((message) => message.includes("failed container health checks")) ||
    stopped.some(({ containers }) => containers.some(({ isUnhealthy }) => isUnhealthy));
  const isTarget = messages.some((message) => message.includes("failed ELB health checks"));
  const answers = messages.flatMap((message) => {
    const found = ofTargetGroup.exec(message);
    return found ? [found[2] ?? "no reason given"] : [];
  });
  return [
    ...(isContainer && container !== undefined
      ? [
          `container: \`${container.command.join(" ")}\` failed ${container.retries} times in a row, ` +
            `every ${container.intervalSeconds} s, after ${container.startPeriodSeconds} s to start`,
        ]
      : []),
    ...(target !== undefined && (isTarget || answers.length > 0)
      ? [
          `load balancer: GET ${target.path} on port ${target.port}, within ${target.timeoutSeconds} s: ` +
            (answers.length > 0 ? [...new Set(answers)].join("; ") : "not healthy"),
        ]
      : []),
  ];
}
