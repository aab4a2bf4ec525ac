import type { Clients } from "../../lib/aws";
import type { Clock } from "../../lib/clock";
import { lastLogLines, type EcsService } from "../../lib/ecs";
import { ToolError } from "../../lib/tool-error";
import { taskToInspect } from "./diagnosis";
import { observe, type Observation } from "./observation";
import { isFinal, phaseOf } from "./phase";
import { rolloutStatusOf, type RolloutStatus } from "./status";

/** Receives all observations up to now. */
export type OnObservation = (observations: readonly Observation[]) => void;

export interface WaitOptions {
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** Called after each observation. */
  readonly onObservation?: OnObservation;
}

/**
 * Waits until the rollout of a service has ended or the time is up.
 *
 * @throws ToolError when the service does not exist, or AWS does not respond
 */
export async function waitForRollout(
  clients: Clients,
  service: EcsService,
  options: WaitOptions,
): Promise<RolloutStatus> {
  const observations = await observeRollout(clients, service, options);
  const status = rolloutStatusOf(service, observations);
  const last = observations.at(-1);
  const task = last && status.outcome !== "succeeded" ? taskToInspect(status.stopped, last) : undefined;
  if (!task) return status;
  try {
    return { ...status, logs: await lastLogLines(clients, task) };
  } catch (error) {
    // The outcome is known without the log.
    if (!(error instanceof ToolError)) throw error;
    return { ...status, notes: [...status.notes, `the log could not be read: ${error.message}`] };
  }
}

/** Time between two observations, in milliseconds: their five calls stay far below the rate limits of ECS. */
const intervalMs = 10_000;

async function observeRollout(
  clients: Clients,
  service: EcsService,
  { clock, timeoutMs, onObservation }: WaitOptions,
): Promise<Observation[]> {
  const deadline = clock.now().getTime() + timeoutMs;
  const observations: Observation[] = [];
  for (;;) {
    const observation = await observe(clients, service, clock.now());
    observations.push(observation);
    onObservation?.(observations);
    const leftMs = deadline - clock.now().getTime();
    if (isFinal(phaseOf(observation)) || leftMs <= 0) return observations;
    await clock.pause(Math.min(intervalMs, leftMs));
  }
}
