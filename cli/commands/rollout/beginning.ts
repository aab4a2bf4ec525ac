import type { Observation } from "./observation";
import { isRollback } from "./phase";

/**
 * When the rollout began that is judged: what is older has nothing to do with it. Where ECS tells no time, all that it
 * still knows counts.
 */
export function beginningOf(observations: readonly Observation[]): Date {
  const { deployment } = observations.at(-1) ?? {};
  if (deployment?.createdAt) return deployment.createdAt;
  const judged = observations.flatMap(({ service }) =>
    (service.deployments ?? []).filter(
      ({ status, rolloutState }) => rolloutState === "FAILED" || (status === "PRIMARY" && !isRollback(service)),
    ),
  );
  return new Date(Math.max(0, ...judged.map(({ createdAt }) => createdAt?.getTime() ?? 0)));
}
