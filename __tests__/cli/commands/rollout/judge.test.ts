import { judge } from "../../../../cli/commands/rollout/judge";
import type { Observation } from "../../../../cli/commands/rollout/observation";
import { newEvents, progressOf } from "../../../../cli/commands/rollout/progress";
import { at, observed, serviceDeploymentArn, target, undoing } from "./recorded/names";
import { deployment, event, service, stillActive } from "./recorded/service";
import { serviceDeployment } from "./recorded/service-deployment";

const started = event(12, "has started 1 tasks: (task 66066f5cae104f0fae66c804d885fae7).");
const rollout = deployment({ id: observed, revision: 42, created: 2, pendingCount: 1, failedTasks: 2 });
const seen = (fields: Partial<Observation> = {}): Observation => ({
  at: at(60),
  service: service([rollout, stillActive], [started]),
  deployment: serviceDeployment("IN_PROGRESS"),
  tasks: [],
  notes: [],
  ...fields,
});

test("a verdict needs an observation", () => {
  expect(() => judge(target, [])).toThrow(RangeError);
});

test("a time-out during a rollback says that it goes on", () => {
  const back = service([deployment({ id: undoing, revision: 41, created: 50, runningCount: 1 })], []);
  const { outcome, summary } = judge(target, [
    seen({ deployment: serviceDeployment("ROLLBACK_IN_PROGRESS"), service: back }),
  ]);
  expect(outcome).toBe("timed-out");
  expect(summary).toMatch(/^Time is up while the failed rollout is being rolled back; shop-orders-task-dev01:41 runs/);
});

test("a newer deployment that began meanwhile is the one that is judged, and is told", () => {
  const newer = {
    ...serviceDeployment("STOPPED"),
    serviceDeploymentArn: serviceDeploymentArn("Newer0000000000000000"),
  };
  const { outcome, notes } = judge(target, [seen(), seen({ deployment: newer })]);
  expect(outcome).toBe("failed");
  expect(notes).toEqual([expect.stringMatching(/a newer deployment began .*Newer0000000000000000$/)]);
});

test("an event that says what ECS cannot do is the diagnosis where no task tells one", () => {
  const { diagnosis } = judge(target, [
    seen({ service: service([rollout], [event(30, "was unable to place a task."), started]) }),
  ]);
  expect(diagnosis).toBe("was unable to place a task.");
});

test("progress counts the tasks of the deployment, and the failed ones", () => {
  expect(progressOf(seen())).toBe("rolling out: 0 of 1 running, 1 pending, 2 failed");
});

test("only events that were not shown before are new", () => {
  const next = event(52, "registered 1 targets");
  const later = seen({ service: service([rollout], [started, next]) });
  expect(newEvents([seen(), later]).map(({ message }) => message)).toEqual(["registered 1 targets"]);
});
