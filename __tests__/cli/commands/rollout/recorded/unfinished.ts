import { first, observed, second } from "./names";
import type { Sequence } from "./sequence";
import { deployment, event, service, stillActive } from "./service";
import { serviceDeployment } from "./service-deployment";
import { started } from "./success";
import { crashed, longRunning, task } from "./task";

const rollout = { id: observed, revision: 42, created: 2 };

/** The task starts, and does not become healthy before the timeout. */
export const neverReady: Sequence = {
  polls: [
    {
      serviceDeployment: serviceDeployment("IN_PROGRESS"),
      service: service([deployment({ ...rollout, runningCount: 1 }), stillActive], started),
      tasks: [task(first, { created: 12, healthStatus: "UNKNOWN" }), longRunning],
    },
  ],
  logs: { [first]: ["migrating the database: 3 of 90"] },
};

/** Tasks exit and are replaced, and the circuit breaker has not reached its threshold. */
export const crashLoop: Sequence = {
  polls: [0, 1, 2].map((count) => ({
    serviceDeployment: serviceDeployment("IN_PROGRESS", {
      deploymentCircuitBreaker: { status: "MONITORING", failureCount: count, threshold: 3 },
    }),
    service: service(
      [deployment({ ...rollout, pendingCount: 1, failedTasks: count }), stillActive],
      [...started, ...(count > 0 ? [event(72, `has started 1 tasks: (task ${second}).`)] : [])],
    ),
    tasks: [...[crashed(first, 12), crashed(second, 72)].slice(0, count), longRunning],
  })),
  logs: { [second]: ["Error: Cannot find module '/app/dist/server.js'", "```", "no fence"] },
};
