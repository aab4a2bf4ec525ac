import { at, first, observed, oldTask, targetGroupArn } from "./names";
import type { Sequence } from "./sequence";
import { completed, deployment, event, service, stillActive } from "./service";
import { serviceDeployment } from "./service-deployment";
import { longRunning, scaledIn, task } from "./task";

const rollout = { id: observed, revision: 42, created: 2 };

export const started = [event(12, `has started 1 tasks: (task ${first}).`)];

/** Events until the new task has replaced the old one. */
export const replaced = [
  ...started,
  event(52, `registered 1 targets in (target-group ${targetGroupArn})`),
  event(80, "has begun draining connections on 1 tasks."),
  event(112, `has stopped 1 running tasks: (task ${oldTask}).`),
];
export const newTask = task(first, { created: 12 });
export const oldTaskStopped = scaledIn(oldTask, observed, { revision: 41, created: -172_790, stopped: 112 });

/** A rollout without failures. */
export const success: Sequence = {
  polls: [
    {
      serviceDeployment: serviceDeployment("PENDING"),
      service: service([deployment(rollout), stillActive], []),
      tasks: [longRunning],
    },
    {
      serviceDeployment: serviceDeployment("IN_PROGRESS"),
      service: service([deployment({ ...rollout, pendingCount: 1 }), stillActive], started),
      tasks: [task(first, { created: 12, lastStatus: "PENDING", healthStatus: "UNKNOWN" }), longRunning],
    },
    {
      serviceDeployment: serviceDeployment("IN_PROGRESS"),
      service: service([deployment({ ...rollout, runningCount: 1 })], replaced),
      tasks: [newTask, oldTaskStopped],
    },
    {
      serviceDeployment: serviceDeployment("SUCCESSFUL", { finishedAt: at(130) }),
      service: service(
        [completed(rollout)],
        [
          ...replaced,
          event(130, `(deployment ${observed}) deployment completed.`),
          event(130.1, "has reached a steady state."),
        ],
      ),
      tasks: [newTask, oldTaskStopped],
    },
  ],
};
