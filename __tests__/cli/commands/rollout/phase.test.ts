import { phaseOf } from "../../../../cli/commands/rollout/phase";
import { at, before, observed, undoing } from "./recorded/names";
import { deployment, service, stillActive } from "./recorded/service";

const failed = deployment({ id: observed, revision: 42, created: 2, rolloutState: "FAILED" });
const seen = (...of: Parameters<typeof service>) =>
  phaseOf({ at: at(60), service: service(...of), tasks: [], notes: [] });

test("a failed deployment beside a complete one is about to be rolled back", () => {
  expect(seen([failed, stillActive], [])).toBe("rolling-back");
});

test("a failed deployment alone stays failed", () => {
  expect(seen([failed], [])).toBe("failed");
});

test("a failed deployment stays failed where ECS does not roll back", () => {
  const deploymentConfiguration = { deploymentCircuitBreaker: { enable: true, rollback: false } };
  expect(seen([failed, stillActive], [], { deploymentConfiguration })).toBe("failed");
});

test("a rollback is known by its reason before its event is written", () => {
  const rolloutStateReason = `ECS deployment circuit breaker: rolling back to deploymentId ${before}.`;
  expect(seen([deployment({ id: undoing, revision: 41, created: 60, rolloutStateReason })], [])).toBe("rolling-back");
});
