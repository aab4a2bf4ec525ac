import type { Phase } from "./phase";
import type { Running } from "./running";

interface Rollout {
  readonly phase: Phase;
  readonly isFirst: boolean;
  readonly running: readonly Running[];
}

/** What became of a rollout, in one sentence. */
export function summaryOf({ phase, isFirst, running }: Rollout): string {
  const runs = runningText(running);
  switch (phase) {
    case "succeeded":
      return `The rollout succeeded; ${runs}.`;
    case "rolled-back":
      return `The rollout failed and was rolled back; ${runs}.`;
    case "rolling-back":
      return `Time is up while the failed rollout is being rolled back; ${runs}.`;
    case "rolling-out":
      return `Time is up before the ${isFirst ? "first " : ""}rollout was finished; ${runs}.`;
    case "failed":
      return isFirst
        ? `The first rollout failed, and there is nothing to roll back to; ${runs}.`
        : `The rollout failed and was not rolled back; ${runs}.`;
  }
}

/** Such as `shop-orders-task-dev01:42 runs (2 of 2 tasks)`. */
export function runningText(running: readonly Running[]): string {
  if (running.length === 0) return "no task runs";
  return running
    .map(({ revision, running: count, desired }) => `${revision} runs (${count} of ${desired} tasks)`)
    .join(", ");
}
