import { isInteractive } from "../../lib/terminal";
import { primaryDeployment, type EcsService } from "../../lib/ecs";
import { showAll, type Row } from "../../lib/progress";
import { eventsOf, type RolloutEvent } from "./evidence";
import type { Observation } from "./observation";
import { phaseOf, startOf } from "./phase";
import { headline } from "./report";
import type { RolloutStatus } from "./status";
import type { OnObservation } from "./wait";

/**
 * Waits for the rollouts of several services concurrently, and shows their progress.
 *
 * @throws the first error of a wait, once all have ended
 */
export async function showRollouts(
  services: readonly EcsService[],
  wait: (service: EcsService, onObservation: OnObservation) => Promise<RolloutStatus>,
): Promise<RolloutStatus[]> {
  return showAll(
    services.map((service) => ({
      title: service.name,
      work: async (row) => {
        const status = await wait(service, progressIn(row, service));
        row.title = headline(status);
        return status;
      },
      isFailure: ({ outcome }) => outcome !== "succeeded",
    })),
  );
}

/** Phase and task counts, such as `rolling out: 1 of 2 running, 1 pending, 3 failed`. */
export function progressOf(observation: Observation): string {
  const { service } = observation;
  const { runningCount = 0, desiredCount = 0, pendingCount = 0 } = primaryDeployment(service) ?? {};
  const failed = (service.deployments ?? []).reduce((sum, { failedTasks = 0 }) => sum + failedTasks, 0);
  const counts = [
    `${runningCount} of ${desiredCount} running`,
    ...(pendingCount > 0 ? [`${pendingCount} pending`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
  return `${phaseOf(observation).replace("-", " ")}: ${counts.join(", ")}`;
}

/** The events that the last observation added. */
export function newEvents(observations: readonly Observation[]): RolloutEvent[] {
  const since = startOf(observations);
  const earlier = eventsOf(observations.slice(0, -1), since).length;
  return eventsOf(observations, since).slice(earlier);
}

/** Events below a row in a terminal; its title shows the counts. */
const eventLimit = 5;

function progressIn(row: Row, { name }: EcsService): OnObservation {
  let earlier = "";
  return (observations) => {
    const last = observations.at(-1);
    if (!last) return;
    const events = newEvents(isInteractive ? observations.slice(-1) : observations).map(({ message }) => message);
    const progress = progressOf(last);
    if (isInteractive) {
      row.title = `${name}  ${progress}`;
      row.output = events.slice(-eventLimit).join("\n");
      return;
    }
    for (const line of [...events, ...(progress === earlier ? [] : [progress])]) row.output = `${name}: ${line}`;
    earlier = progress;
  };
}
