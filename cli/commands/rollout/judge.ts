import { beginningOf } from "./beginning";
import { diagnosisOf } from "./diagnosis";
import { eventsOf, type Event } from "./events";
import { failingHealthChecks } from "./health-checks";
import type { LogTail } from "./log-tail";
import type { Observation } from "./observation";
import type { Outcome } from "./outcome";
import { phaseOf, type Phase } from "./phase";
import { alarmsOf, reasonsOf } from "./reasons";
import { runningOf, type Running } from "./running";
import { stoppedTasksOf, type StoppedTasks } from "./stopped";
import { summaryOf } from "./summary";
import type { Target } from "./target";

/** What became of a rollout, and what a person needs to know of it. */
export interface Verdict {
  readonly target: Target;
  readonly outcome: Outcome;
  /** The outcome in one sentence. */
  readonly summary: string;
  /** What to look at first. */
  readonly diagnosis?: string;
  /** What made ECS give up. */
  readonly reasons: readonly string[];
  readonly stopped: readonly StoppedTasks[];
  readonly healthChecks: readonly string[];
  readonly events: readonly Event[];
  readonly running: readonly Running[];
  /** The last lines of a failing task, which are asked for once the outcome is known. */
  readonly logs: readonly LogTail[];
  readonly notes: readonly string[];
  /** How long the rollout took, or has taken until the last observation. */
  readonly seconds: number;
}

/**
 * Folds what was seen of a service, in its order, into a verdict; a rollout that is not settled by then has timed out.
 *
 * @throws RangeError without an observation
 */
export function judge(target: Target, observations: readonly Observation[]): Verdict {
  const [first] = observations;
  const last = observations.at(-1);
  if (!first || !last) throw new RangeError("a verdict needs an observation");
  const phase = phaseOf(last);
  const since = beginningOf(observations);
  const events = eventsOf(observations, since);
  const stopped = stoppedTasksOf(observations, since);
  const healthChecks = failingHealthChecks(target, events, stopped);
  const isFirst = isFirstDeployment(last);
  const running = runningOf(last);
  const succeeded = phase === "succeeded";
  return {
    target,
    outcome: outcomeOf(phase),
    summary: summaryOf({ phase, isFirst, running }),
    ...(!succeeded && {
      diagnosis: diagnosisOf(stopped, events, healthChecks, alarmsOf(last, events)),
    }),
    reasons: succeeded ? [] : reasonsOf(last, events),
    stopped,
    healthChecks: succeeded ? [] : healthChecks,
    events,
    running,
    logs: [],
    notes: [...last.notes, ...superseded(first, last)],
    seconds: secondsOf(since, last),
  };
}

function secondsOf(since: Date, { at, deployment }: Observation): number {
  const end = deployment?.finishedAt ?? deployment?.stoppedAt ?? at;
  return since.getTime() === 0 ? 0 : Math.max(0, (end.getTime() - since.getTime()) / 1000);
}

function outcomeOf(phase: Phase): Outcome {
  if (phase === "rolling-out" || phase === "rolling-back") return "timed-out";
  return phase;
}

/** Nothing ran before: there is no revision that ECS could go back to. */
function isFirstDeployment({ service, deployment }: Observation): boolean {
  if (deployment) return (deployment.sourceServiceRevisions ?? []).length === 0;
  return !(service.deployments ?? []).some(
    ({ status, rolloutState }) => status !== "PRIMARY" || rolloutState === "COMPLETED",
  );
}

function superseded(first: Observation, last: Observation): string[] {
  const [before, after] = [first.deployment, last.deployment];
  if (!before || !after || before.serviceDeploymentArn === after.serviceDeploymentArn) return [];
  return [
    `a newer deployment began while this one was awaited; the verdict is that of ${after.serviceDeploymentArn ?? "it"}`,
  ];
}
