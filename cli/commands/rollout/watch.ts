import type { Observation } from "./observation";
import { isSettled, phaseOf } from "./phase";

/** The time, and a way to let some pass. */
export interface Clock {
  now(): Date;
  /** Settles after that many milliseconds, or rejects when the wait is aborted. */
  pause(milliseconds: number): Promise<void>;
}

export interface WatchOptions {
  readonly observe: (at: Date) => Promise<Observation>;
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** Told of everything that was seen so far, after each look. */
  readonly onObservation?: (observations: readonly Observation[]) => void;
}

/** Time between two looks, in milliseconds: five calls each stay far below ECS's limits on calls. */
const intervalMs = 10_000;

/** Looks at a service until its rollout is settled or the time is up; resolves to all that was seen. */
export async function watch({ observe, clock, timeoutMs, onObservation }: WatchOptions): Promise<Observation[]> {
  const deadline = clock.now().getTime() + timeoutMs;
  const observations: Observation[] = [];
  for (;;) {
    const observation = await observe(clock.now());
    observations.push(observation);
    onObservation?.(observations);
    const leftMs = deadline - clock.now().getTime();
    if (isSettled(phaseOf(observation)) || leftMs <= 0) return observations;
    await clock.pause(Math.min(intervalMs, leftMs));
  }
}
