import type { ServiceEvent, Task } from "@aws-sdk/client-ecs";
import { at, before, first, observed, rollbackId } from "./names";
import type { Sequence } from "./sequence";
import { completed, deployment, event, service, stillActive } from "./service";
import { serviceDeployment, tripped } from "./service-deployment";
import { longRunning, task } from "./task";

interface Failure {
  readonly tasks: readonly Task[];
  readonly events: readonly ServiceEvent[];
  /** When the circuit breaker trips, in seconds after the deployment was requested. */
  readonly trips: number;
  readonly logs?: Sequence["logs"];
}

/** A rollout whose tasks fail until the circuit breaker rolls it back. */
export function rollback({ tasks, events, trips, logs }: Failure): Sequence {
  const started = [event(12, `has started 1 tasks: (task ${first}).`)];
  const failed = [
    ...started,
    ...events,
    event(trips, `(deployment ${observed}) deployment failed: tasks failed to start.`),
    event(trips + 0.1, `rolling back to deployment ${before}.`),
  ];
  const back = { id: rollbackId, revision: 41, created: trips };
  const running = (failedTasks: number) =>
    deployment({ id: observed, revision: 42, created: 2, pendingCount: 1, failedTasks });
  return {
    logs,
    polls: [
      {
        serviceDeployment: serviceDeployment("IN_PROGRESS"),
        service: service([running(0), stillActive], started),
        tasks: [task(first, { created: 12, lastStatus: "PENDING", healthStatus: "UNKNOWN" }), longRunning],
      },
      {
        serviceDeployment: serviceDeployment("IN_PROGRESS"),
        service: service([running(1), stillActive], [...started, ...events.slice(0, 2)]),
        tasks: [...tasks.slice(0, 1), longRunning],
      },
      {
        serviceDeployment: serviceDeployment("ROLLBACK_IN_PROGRESS", tripped(trips)),
        service: service(
          [
            deployment({
              ...back,
              runningCount: 1,
              rolloutStateReason: `ECS deployment circuit breaker: rolling back to deploymentId ${before}.`,
            }),
            deployment({
              id: observed,
              status: "ACTIVE",
              revision: 42,
              created: 2,
              failedTasks: 3,
              rolloutState: "FAILED",
              rolloutStateReason: "ECS deployment circuit breaker: tasks failed to start.",
            }),
          ],
          failed,
        ),
        tasks: [...tasks, longRunning],
      },
      {
        serviceDeployment: serviceDeployment("ROLLBACK_SUCCESSFUL", {
          ...tripped(trips),
          finishedAt: at(trips + 60),
        }),
        service: service(
          [completed(back)],
          [
            ...failed,
            event(trips + 60, `(deployment ${rollbackId}) deployment completed.`),
            event(trips + 60.1, "has reached a steady state."),
          ],
        ),
        tasks: [...tasks, longRunning],
      },
    ],
  };
}
