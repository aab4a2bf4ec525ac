import { phaseOf } from "../../../../cli/commands/rollout/phase";
import { before, observed, rollbackId } from "./recorded/names";
import { deployment, service, stillActive } from "./recorded/service";

const failed = deployment({ id: observed, revision: 42, created: 2, rolloutState: "FAILED" });
const phase = (...fields: Parameters<typeof service>) => phaseOf({ service: service(...fields) });

test("a failed deployment beside a completed one is rolling back", () => {
  expect(phase([failed, stillActive], [])).toBe("rolling-back");
});

test("a failed deployment without a completed one has failed", () => {
  expect(phase([failed], [])).toBe("failed");
});

test("a failed deployment has failed where ECS is not configured to roll back", () => {
  const deploymentConfiguration = { deploymentCircuitBreaker: { enable: true, rollback: false } };
  expect(phase([failed, stillActive], [], { deploymentConfiguration })).toBe("failed");
});

test("a rollback is recognized by its reason before its event is written", () => {
  const rolloutStateReason = `ECS deployment circuit breaker: rolling back to deploymentId ${before}.`;
  expect(phase([deployment({ id: rollbackId, revision: 41, created: 60, rolloutStateReason })], [])).toBe(
    "rolling-back",
  );
});
