import type { Service, ServiceDeployment } from "@aws-sdk/client-ecs";
import { at, before, first, observed, second, serviceRevisionArn, rollbackId } from "./names";
import type { Sequence } from "./sequence";
import { completed, deployment, event, service } from "./service";
import { serviceDeployment } from "./service-deployment";
import { newTask, oldTaskStopped, replaced } from "./success";
import { scaledIn, task } from "./task";

const alarmNames = ["shop-target-5xx-dev01"];
const reason = "Service deployment rolled back because an alarm went into ALARM state.";
const alarmed: Partial<ServiceDeployment> = {
  statusReason: reason,
  alarms: { status: "TRIGGERED", alarmNames, triggeredAlarmNames: alarmNames },
  rollback: { reason, startedAt: at(240), serviceRevisionArn: serviceRevisionArn("4402") },
};
const back = { id: rollbackId, revision: 41, created: 240 };
const monitored: Partial<Service> = {
  deploymentConfiguration: { alarms: { alarmNames, rollback: true, enable: true } },
};
const restored = { revision: 41, created: 250, startedBy: rollbackId };
const failed = [
  ...replaced,
  event(240, `(deployment ${observed}) deployment failed: alarm detected.`),
  event(240.1, `rolling back to deployment ${before}.`),
  event(250, `has started 1 tasks: (task ${second}).`),
];

/** The tasks run, and an alarm is triggered while ECS monitors it. */
export const alarm: Sequence = {
  polls: [
    {
      serviceDeployment: serviceDeployment("IN_PROGRESS", {
        alarms: { status: "MONITORING", alarmNames, triggeredAlarmNames: [] },
      }),
      service: service([deployment({ id: observed, revision: 42, created: 2, runningCount: 1 })], replaced, monitored),
      tasks: [newTask, oldTaskStopped],
    },
    {
      serviceDeployment: serviceDeployment("ROLLBACK_IN_PROGRESS", alarmed),
      service: service(
        [
          deployment({ ...back, pendingCount: 1 }),
          deployment({
            id: observed,
            status: "ACTIVE",
            revision: 42,
            created: 2,
            runningCount: 1,
            rolloutState: "FAILED",
            rolloutStateReason: "ECS deployment failed: alarm detected.",
          }),
        ],
        failed,
        monitored,
      ),
      tasks: [newTask, oldTaskStopped, task(second, { ...restored, lastStatus: "PENDING", healthStatus: "UNKNOWN" })],
    },
    {
      serviceDeployment: serviceDeployment("ROLLBACK_SUCCESSFUL", { ...alarmed, finishedAt: at(340) }),
      service: service(
        [completed(back)],
        [
          ...failed,
          event(330, `has stopped 1 running tasks: (task ${first}).`),
          event(340, `(deployment ${rollbackId}) deployment completed.`),
          event(340.1, "has reached a steady state."),
        ],
        monitored,
      ),
      tasks: [task(second, restored), oldTaskStopped, scaledIn(first, rollbackId, { created: 12, stopped: 330 })],
    },
  ],
  logs: { [first]: ["POST /orders 500", "TypeError: total is not a function"] },
};
