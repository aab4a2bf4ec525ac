import { first, second, targetGroupArn, third } from "./names";
import { rollback } from "./rollback";
import type { Sequence } from "./sequence";
import { event } from "./service";
import { crashed, refusedByLoadBalancer, unhealthy, unpullable } from "./task";

const starts = (seconds: number, id: string) => event(seconds, `has started 1 tasks: (task ${id}).`);
const stops = (seconds: number, id: string) => event(seconds, `has stopped 1 running tasks: (task ${id}).`);

/** The program exits as soon as it starts. */
export const crashes: Sequence = rollback({
  tasks: [crashed(first, 12), crashed(second, 70), crashed(third, 130)],
  events: [starts(70, second), starts(130, third)],
  trips: 175,
  logs: {
    [third]: [
      "Error: DATABASE_URL is not set",
      "    at loadConfig (/app/dist/config.js:14:11)",
      "\u001b[31mbye\u001b[39m\n",
    ],
  },
});

/** The program exceeds the memory of its task. */
export const outOfMemory: Sequence = rollback({
  tasks: [first, second, third].map((id, index) =>
    crashed(id, 12 + 60 * index, {
      exitCode: 137,
      reason: "OutOfMemoryError: Container killed due to memory usage",
    }),
  ),
  events: [starts(72, second), starts(132, third)],
  trips: 175,
});

/** The image is not in the repository. */
export const imageMissing: Sequence = rollback({
  tasks: [unpullable(first, 12), unpullable(second, 60), unpullable(third, 110)],
  events: [
    starts(60, second),
    event(
      61,
      "is unable to consistently start tasks successfully. For more information, see the Troubleshooting section.",
    ),
    starts(110, third),
  ],
  trips: 150,
});

/** The container health check fails. */
export const containerUnhealthy: Sequence = rollback({
  tasks: [unhealthy(first, 12), unhealthy(second, 215), unhealthy(third, 420)],
  events: [
    event(197, `(task ${first}) failed container health checks.`),
    stops(202, first),
    starts(215, second),
    event(400, `(task ${second}) failed container health checks.`),
    stops(405, second),
    starts(420, third),
    event(605, `(task ${third}) failed container health checks.`),
  ],
  trips: 630,
  logs: { [third]: ["listening on 8080"] },
});

const failsCheck = (seconds: number, id: string) =>
  event(
    seconds,
    `(task ${id}) (port 8080) is unhealthy in (target-group ${targetGroupArn}) ` +
      "due to (reason Health checks failed with these codes: [503]).",
  );

/** The health check of the load balancer fails. */
export const targetUnhealthy: Sequence = rollback({
  tasks: [refusedByLoadBalancer(first, 12), refusedByLoadBalancer(second, 145), refusedByLoadBalancer(third, 280)],
  events: [failsCheck(120, first), stops(125, first), starts(145, second), failsCheck(255, second), starts(280, third)],
  trips: 410,
  logs: { [third]: ["GET /health 503"] },
});
