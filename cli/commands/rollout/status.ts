import type { EcsService, LogTail } from "../../lib/ecs";
import { diagnose, failedHealthChecks, failureReasons, triggeredAlarms } from "./diagnosis";
import {
  eventsOf,
  runningRevisionsOf,
  stoppedTasksOf,
  type RolloutEvent,
  type RunningRevision,
  type StoppedTasks,
} from "./evidence";
import type { Observation } from "./observation";
import { phaseOf, startOf, type Phase } from "./phase";

/** How a rollout ended, or that it did not end in time. */
export type Outcome = "succeeded" | "rolled-back" | "timed-out" | "failed";

/** The status of a rollout, with the evidence for it. */
export interface RolloutStatus {
  readonly service: EcsService;
  readonly outcome: Outcome;
  /** The outcome in one sentence. */
  readonly summary: string;
  /** The most likely cause of a failure. @default - unknown */
  readonly diagnosis?: string;
  /** Why ECS stopped the rollout. */
  readonly reasons: readonly string[];
  readonly stopped: readonly StoppedTasks[];
  /** The failed health checks. */
  readonly healthChecks: readonly string[];
  readonly events: readonly RolloutEvent[];
  readonly running: readonly RunningRevision[];
  /** The last log lines of a failing task, which are read once the outcome is known. */
  readonly logs: readonly LogTail[];
  readonly notes: readonly string[];
  /** Duration of the rollout, or of its observed part. */
  readonly seconds: number;
}

/**
 * The status of a rollout by its observations, the oldest first; a rollout that has not ended by then has timed out.
 *
 * @throws RangeError without an observation
 */
export function rolloutStatusOf(service: EcsService, observations: readonly Observation[]): RolloutStatus {
  const [first] = observations;
  const last = observations.at(-1);
  if (!first || !last) throw new RangeError("a rollout status needs an observation");
  const phase = phaseOf(last);
  const since = startOf(observations);
  const events = eventsOf(observations, since);
  const stopped = stoppedTasksOf(observations, since);
  const healthChecks = failedHealthChecks(service, { events, stopped });
  const running = runningRevisionsOf(last);
  const succeeded = phase === "succeeded";
  return {
    service,
    outcome: outcomeOf(phase),
    summary: summaryOf(phase, running, isFirstDeployment(last)),
    ...(!succeeded && {
      diagnosis: diagnose({ stopped, events, healthChecks, alarms: triggeredAlarms(last, events) }),
    }),
    reasons: succeeded ? [] : failureReasons(last, events),
    stopped,
    healthChecks: succeeded ? [] : healthChecks,
    events,
    running,
    logs: [],
    notes: [...last.notes, ...supersededNotes(first, last)],
    seconds: secondsOf(since, last),
  };
}

/** Exit code of the command by outcome; 1 is reserved for errors. */
export const exitCodes: Readonly<Record<Outcome, number>> = {
  succeeded: 0,
  "rolled-back": 2,
  "timed-out": 3,
  failed: 4,
};

/** The exit codes in the command's help. */
export const exitCodeHelp = `
Exit codes:
  0  succeeded: every service runs the deployed revision
  1  error: invalid input, no credentials, or AWS did not respond
  2  rolled back: the previous revision runs again
  3  timed out: neither completed nor rolled back in time
  4  failed: there was no revision to roll back to, or the rollback failed too
For several services it is the highest code; 128 and more: stopped by a signal.`;

/** The exit code for several services: that of the worst outcome. */
export const exitCodeOf = (outcomes: readonly Outcome[]) =>
  Math.max(0, ...outcomes.map((outcome) => exitCodes[outcome]));

function outcomeOf(phase: Phase): Outcome {
  if (phase === "rolling-out" || phase === "rolling-back") return "timed-out";
  return phase;
}

function summaryOf(phase: Phase, revisions: readonly RunningRevision[], isFirst: boolean): string {
  const running = runningText(revisions);
  switch (phase) {
    case "succeeded":
      return `The rollout succeeded; ${running}.`;
    case "rolled-back":
      return `The rollout failed and was rolled back; ${running}.`;
    case "rolling-back":
      return `The rollout failed and its rollback has not completed in time; ${running}.`;
    case "rolling-out":
      return `The ${isFirst ? "first " : ""}rollout has not completed in time; ${running}.`;
    case "failed":
      return isFirst
        ? `The first rollout failed, and there is no revision to roll back to; ${running}.`
        : `The rollout failed and was not rolled back; ${running}.`;
  }
}

/** Such as `shop-orders-task-dev01:42 runs (2 of 2 tasks)`. */
function runningText(revisions: readonly RunningRevision[]): string {
  if (revisions.length === 0) return "no task runs";
  return revisions
    .map(({ revision, running, desired }) => `${revision} runs (${running} of ${desired} tasks)`)
    .join(", ");
}

/** A first deployment has no earlier revision to roll back to. */
function isFirstDeployment({ service, deployment }: Observation): boolean {
  if (deployment) return (deployment.sourceServiceRevisions ?? []).length === 0;
  return !(service.deployments ?? []).some(
    ({ status, rolloutState }) => status !== "PRIMARY" || rolloutState === "COMPLETED",
  );
}

function supersededNotes({ deployment: before }: Observation, { deployment: after }: Observation): string[] {
  if (!before || !after || before.serviceDeploymentArn === after.serviceDeploymentArn) return [];
  return [
    `a newer deployment started during the wait; the status is that of ${after.serviceDeploymentArn ?? "the newer one"}`,
  ];
}

function secondsOf(since: Date, { at, deployment }: Observation): number {
  const end = deployment?.finishedAt ?? deployment?.stoppedAt ?? at;
  return since.getTime() === 0 ? 0 : Math.max(0, (end.getTime() - since.getTime()) / 1000);
}
