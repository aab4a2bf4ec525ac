import type { Observation } from "../../../../cli/commands/rollout/observation";
import { exitCodeHelp, exitCodeOf, exitCodes, rolloutStatusOf } from "../../../../cli/commands/rollout/status";
import { at, observed, ordersService, rollbackId, serviceDeploymentArn } from "./recorded/names";
import { deployment, event, service, stillActive } from "./recorded/service";
import { serviceDeployment } from "./recorded/service-deployment";

const started = event(12, "has started 1 tasks: (task 66066f5cae104f0fae66c804d885fae7).");
const rollout = deployment({ id: observed, revision: 42, created: 2, pendingCount: 1, failedTasks: 2 });
const observation = (fields: Partial<Observation> = {}): Observation => ({
  at: at(60),
  service: service([rollout, stillActive], [started]),
  deployment: serviceDeployment("IN_PROGRESS"),
  tasks: [],
  notes: [],
  ...fields,
});

test("a rollout status needs an observation", () => {
  expect(() => rolloutStatusOf(ordersService, [])).toThrow(RangeError);
});

test("a rollback that has not completed in time is reported as timed out", () => {
  const back = service([deployment({ id: rollbackId, revision: 41, created: 50, runningCount: 1 })], []);
  const { outcome, summary } = rolloutStatusOf(ordersService, [
    observation({ deployment: serviceDeployment("ROLLBACK_IN_PROGRESS"), service: back }),
  ]);
  expect(outcome).toBe("timed-out");
  expect(summary).toMatch(
    /^The rollout failed and its rollback has not completed in time; shop-orders-task-dev01:41 runs/,
  );
});

test("the status is that of a newer deployment that started during the wait, with a note", () => {
  const newer = {
    ...serviceDeployment("STOPPED"),
    serviceDeploymentArn: serviceDeploymentArn("Newer0000000000000000"),
  };
  const { outcome, notes } = rolloutStatusOf(ordersService, [observation(), observation({ deployment: newer })]);
  expect(outcome).toBe("failed");
  expect(notes).toEqual([expect.stringMatching(/a newer deployment started .*Newer0000000000000000$/)]);
});

test("an event about what ECS cannot do is the diagnosis where no stopped task shows the cause", () => {
  const { diagnosis } = rolloutStatusOf(ordersService, [
    observation({ service: service([rollout], [event(30, "was unable to place a task."), started]) }),
  ]);
  expect(diagnosis).toBe("was unable to place a task.");
});

test("every outcome has its own exit code, and 1 is reserved for errors", () => {
  expect(exitCodes).toEqual({ succeeded: 0, "rolled-back": 2, "timed-out": 3, failed: 4 });
});

test("the exit code for several services is that of the worst outcome", () => {
  expect(exitCodeOf(["succeeded", "failed", "rolled-back"])).toBe(4);
  expect(exitCodeOf(["succeeded", "succeeded"])).toBe(0);
});

test("the help explains every exit code", () => {
  for (const code of [1, ...Object.values(exitCodes)]) expect(exitCodeHelp).toMatch(new RegExp(`^  ${code}  \\w`, "m"));
});
