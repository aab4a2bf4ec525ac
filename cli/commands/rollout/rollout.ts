import { setTimeout as sleep } from "node:timers/promises";
import { loadStages } from "../../../schema";
import { paint, print } from "../../lib/terminal";
import { stageOfStack } from "../../lib/stacks";
import { awaitVerdict } from "./await-rollout";
import { checkAccount } from "./aws/account";
import { clientsOf } from "./aws/clients";
import { exitCodeOf } from "./outcome";
import { junitOf } from "./report/junit";
import { markdownOf } from "./report/markdown";
import { headline, textOf } from "./report/text";
import { writeReport } from "./report/write";
import { chooseTargets } from "./target";
import { inSight } from "./view";

/** What the caller chose. */
export interface VerdictOptions {
  readonly stack: string;
  /** @default - every service of the stack */
  readonly service?: string;
  readonly timeoutMinutes: number;
  /** File for the JUnit report. @default - none */
  readonly junit?: string;
  /** File for the note in Markdown. @default - none */
  readonly markdown?: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/**
 * Waits for the rollouts of a stack's services, and tells what became of them; resolves to the exit code.
 *
 * @throws ToolError for bad input, and when AWS does not answer
 */
export async function verdict(options: VerdictOptions): Promise<number> {
  const { stack, service, timeoutMinutes, junit, markdown } = options;
  const stage = stageOfStack(loadStages(), stack);
  const targets = chooseTargets(stage, service);
  const clients = clientsOf(stage);
  await checkAccount(clients, stage);

  // What ends the wait for one service ends it for all: lost credentials are lost for every one.
  const failure = new AbortController();
  const signal = AbortSignal.any([options.signal, failure.signal]);
  const clock = { now: () => new Date(), pause: (ms: number) => sleep(ms, undefined, { signal }) };
  const verdicts = await inSight(targets, (target, show) =>
    awaitVerdict(clients, target, { clock, timeoutMs: timeoutMinutes * 60_000, show }).catch((error: unknown) => {
      failure.abort(error);
      throw signal.reason;
    }),
  );

  for (const each of verdicts) {
    const colour = each.outcome === "succeeded" ? "green" : "red";
    print("", paint([colour, "bold"], headline(each)), ...textOf(each).map((line) => (line === "" ? "" : `  ${line}`)));
  }
  if (junit !== undefined) writeReport("--junit", junit, junitOf(stack, verdicts));
  if (markdown !== undefined) writeReport("--markdown", markdown, markdownOf(stack, verdicts));
  return exitCodeOf(verdicts.map(({ outcome }) => outcome));
}
