import { eventsOf, type Event } from "./events";
import { beginningOf } from "./beginning";
import type { Observation } from "./observation";
import { phaseOf, primaryOf } from "./phase";

/** Where a rollout is, such as `rolling out: 1 of 2 running, 1 pending, 3 failed`. */
export function progressOf(observation: Observation): string {
  const { service } = observation;
  const { runningCount = 0, desiredCount = 0, pendingCount = 0 } = primaryOf(service) ?? {};
  const failed = (service.deployments ?? []).reduce((sum, { failedTasks = 0 }) => sum + failedTasks, 0);
  const counts = [
    `${runningCount} of ${desiredCount} running`,
    ...(pendingCount > 0 ? [`${pendingCount} pending`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
  return `${phaseOf(observation).replace("-", " ")}: ${counts.join(", ")}`;
}

/** What happened since the observation before the last one. */
export function newEvents(observations: readonly Observation[]): Event[] {
  const since = beginningOf(observations);
  const known = eventsOf(observations.slice(0, -1), since).length;
  return eventsOf(observations, since).slice(known);
}
