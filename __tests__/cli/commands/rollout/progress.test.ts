import { newEvents, progressOf } from "../../../../cli/commands/rollout/progress";
import { at, observed } from "./recorded/names";
import { deployment, event, service, stillActive } from "./recorded/service";
import { serviceDeployment } from "./recorded/service-deployment";

const started = event(12, "has started 1 tasks: (task 66066f5cae104f0fae66c804d885fae7).");
const rollout = deployment({ id: observed, revision: 42, created: 2, pendingCount: 1, failedTasks: 2 });
const observation = {
  at: at(60),
  service: service([rollout, stillActive], [started]),
  deployment: serviceDeployment("IN_PROGRESS"),
  tasks: [],
  notes: [],
};

test("progress counts the tasks of the primary deployment, and the failed ones", () => {
  expect(progressOf(observation)).toBe("rolling out: 0 of 1 running, 1 pending, 2 failed");
});

test("only the events that an observation added are new", () => {
  const next = event(52, "registered 1 targets");
  const later = { ...observation, service: service([rollout], [started, next]) };
  expect(newEvents([observation, later]).map(({ message }) => message)).toEqual(["registered 1 targets"]);
});
