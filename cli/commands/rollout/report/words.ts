import type { Outcome } from "../outcome";

/** The outcomes as a person says them. */
export const outcomeWords: Readonly<Record<Outcome, string>> = {
  succeeded: "succeeded",
  "rolled-back": "rolled back",
  "timed-out": "timed out",
  failed: "failed",
};
