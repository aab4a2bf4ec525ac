import type { ServiceEvent, Task } from "@aws-sdk/client-ecs";
import { at, before, first, observed, undoing } from "./names";
import type { Sequence } from "./sequence";
import { completed, deployment, event, service, stillActive } from "./service";
import { serviceDeployment, tripped } from "./service-deployment";
import { runsSinceLong, task } from "./task";

interface Failure {
  readonly tasks: readonly Task[];
  readonly events: readonly ServiceEvent[];
  /** When the circuit breaker trips, in seconds after the deployment was asked for. */
  readonly givenUp: number;
  readonly logs?: Sequence["logs"];
}

/** A rollout whose tasks fail until the circuit breaker rolls it back. */
export function rollback({ tasks, events, givenUp, logs }: Failure): Sequence {
  const started = [event(12, `has started 1 tasks: (task ${first}).`)];
  const failed = [
    ...started,
    ...events,
    event(givenUp, `(deployment ${observed}) deployment failed: tasks failed to start.`),
    event(givenUp + 0.1, `rolling back to deployment ${before}.`),
  ];
  const back = { id: undoing, revision: 41, created: givenUp };
  const running = (failedTasks: number) =>
    deployment({ id: observed, revision: 42, created: 2, pendingCount: 1, failedTasks });
  return {
    logs,
    polls: [
      {
        serviceDeployment: serviceDeployment("IN_PROGRESS"),
        service: service([running(0), stillActive], started),
        tasks: [task(first, { created: 12, lastStatus: "PENDING", healthStatus: "UNKNOWN" }), runsSinceLong],
      },
      {
        serviceDeployment: serviceDeployment("IN_PROGRESS"),
        service: service([running(1), stillActive], [...started, ...events.slice(0, 2)]),
        tasks: [...tasks.slice(0, 1), runsSinceLong],
      },
      {
        serviceDeployment: serviceDeployment("ROLLBACK_IN_PROGRESS", tripped(givenUp)),
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
        tasks: [...tasks, runsSinceLong],
      },
      {
        serviceDeployment: serviceDeployment("ROLLBACK_SUCCESSFUL", {
          ...tripped(givenUp),
          finishedAt: at(givenUp + 60),
        }),
        service: service(
          [completed(back)],
          [
            ...failed,
            event(givenUp + 60, `(deployment ${undoing}) deployment completed.`),
            event(givenUp + 60.1, "has reached a steady state."),
          ],
        ),
        tasks: [...tasks, runsSinceLong],
      },
    ],
  };
}
