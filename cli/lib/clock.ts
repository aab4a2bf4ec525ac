import { setTimeout as sleep } from "node:timers/promises";

/** The current time, and a way to wait, which tests replace. */
export interface Clock {
  now(): Date;
  /** Resolves after that many milliseconds, or rejects when the wait is aborted. */
  pause(milliseconds: number): Promise<unknown>;
}

/** The clock of this machine, whose pauses end when the signal is aborted. */
export const systemClock = (signal: AbortSignal): Clock => ({
  now: () => new Date(),
  pause: (milliseconds) => sleep(milliseconds, undefined, { signal }),
});
