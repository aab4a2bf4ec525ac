/** How a rollout ended for whoever waited for it. */
export type Outcome = "succeeded" | "rolled-back" | "timed-out" | "failed";

/** Exit codes of the command; 1 is left to what kept it from judging. Of several services the highest counts. */
export const exitCodes: Readonly<Record<Outcome, number>> = {
  succeeded: 0,
  "rolled-back": 2,
  "timed-out": 3,
  failed: 4,
};

/** What the outcomes mean, as the command's help tells it. */
export const exitCodeHelp = `
Exit codes:
  0  succeeded: every service runs what was deployed
  1  no verdict: bad input, no credentials, or AWS did not answer
  2  rolled back: the revision before runs again
  3  time-out: neither finished nor rolled back in time
  4  failed: there was nothing to roll back to, or the rollback failed too
Of several services the highest code counts; 128 and more: stopped by a signal.`;

/** The exit code of several outcomes: that of the worst. */
export const exitCodeOf = (outcomes: readonly Outcome[]) =>
  Math.max(0, ...outcomes.map((outcome) => exitCodes[outcome]));
