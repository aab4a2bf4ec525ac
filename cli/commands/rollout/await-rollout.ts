import { ToolError } from "../../lib/tool-error";
import { lastLines } from "./aws/logs";
import type { Clients } from "./aws/clients";
import { observe } from "./aws/observe";
import { judge, type Verdict } from "./judge";
import type { Observation } from "./observation";
import { suspectOf } from "./suspect";
import type { Target } from "./target";
import { watch, type Clock } from "./watch";

export interface AwaitOptions {
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** Told of everything that was seen so far, after each look. */
  readonly show?: (observations: readonly Observation[]) => void;
}

/**
 * Waits until a service's rollout is settled or the time is up, and says what became of it.
 *
 * @throws ToolError when there is no such service, or AWS does not answer
 */
export async function awaitVerdict(clients: Clients, target: Target, options: AwaitOptions): Promise<Verdict> {
  const { clock, timeoutMs, show } = options;
  const observations = await watch({
    observe: (at) => observe(clients, target, at),
    clock,
    timeoutMs,
    onObservation: show,
  });
  const verdict = judge(target, observations);
  const last = observations.at(-1);
  const suspect = last && suspectOf(verdict, last);
  if (!suspect) return verdict;
  try {
    return { ...verdict, logs: await lastLines(clients, suspect) };
  } catch (error) {
    // The verdict is known, whatever the log says.
    if (!(error instanceof ToolError)) throw error;
    return { ...verdict, notes: [...verdict.notes, `the log could not be read: ${error.message}`] };
  }
}
