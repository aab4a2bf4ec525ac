import { first, observed, second, third } from "./names";
import type { Sequence } from "./sequence";
import { completed, deployment, event, service } from "./service";
import { serviceDeployment, tripped } from "./service-deployment";
import { crashed, task } from "./task";

const nothingBefore = { sourceServiceRevisions: [] };
const rollout = { id: observed, revision: 1, created: 2 };
const started = [event(12, `has started 1 tasks: (task ${first}).`)];

const starting = {
  serviceDeployment: serviceDeployment("IN_PROGRESS", nothingBefore),
  service: service([deployment({ ...rollout, pendingCount: 1 })], started),
  tasks: [task(first, { revision: 1, created: 12, lastStatus: "PENDING", healthStatus: "UNKNOWN" })],
};

export const firstSucceeds: Sequence = {
  polls: [
    starting,
    {
      serviceDeployment: serviceDeployment("SUCCESSFUL", nothingBefore),
      service: service([completed(rollout)], [...started, event(90, "has reached a steady state.")]),
      tasks: [task(first, { revision: 1, created: 12 })],
    },
  ],
};

/** The circuit breaker trips, and there is no revision to roll back to. */
export const firstFails: Sequence = {
  polls: [
    starting,
    {
      serviceDeployment: serviceDeployment("ROLLBACK_FAILED", {
        ...tripped(175),
        ...nothingBefore,
        statusReason: "No rollback candidate was found to run the rollback.",
      }),
      service: service(
        [
          deployment({
            ...rollout,
            failedTasks: 3,
            rolloutState: "FAILED",
            rolloutStateReason: "ECS deployment circuit breaker: tasks failed to start.",
          }),
        ],
        [...started, event(175, `(deployment ${observed}) deployment failed: tasks failed to start.`)],
      ),
      tasks: [first, second, third].map((id, index) => crashed(id, 12 + 50 * index, { exitCode: 78 }, 1)),
    },
  ],
  logs: { [third]: ["config: no /etc/orders.yml"] },
};
