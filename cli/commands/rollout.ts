import { Command } from "commander";
import { checkAccount, clientsOf } from "../lib/aws";
import { systemClock } from "../lib/clock";
import { loadStage } from "../lib/stacks";
import { configOption, exitWith, minutes, serviceArgument, stackArgument, type ConfigFlags } from "../lib/command-line";
import { paint, print } from "../lib/terminal";
import { ecsServicesOf } from "../lib/ecs";
import { writeReport } from "../lib/report";
import { showRollouts } from "./rollout/progress";
import { headline, junitReportOf, markdownReport, textLines } from "./rollout/report";
import { exitCodeHelp, exitCodeOf } from "./rollout/status";
import { waitForRollout } from "./rollout/wait";

interface Flags extends ConfigFlags {
  /** Minutes. */
  readonly timeout: number;
  readonly junit?: string;
  readonly markdown?: string;
}

void new Command("npm run rollout --")
  .description("Waits for the rollout of a stack's services, and reports its status.")
  .addArgument(stackArgument())
  .addArgument(serviceArgument())
  .addOption(configOption())
  .option("--timeout <minutes>", "how long to wait", minutes, 30)
  .option("--junit <file>", "write a JUnit report, with a test for each service")
  .option("--markdown <file>", "write a note for a merge request")
  .addHelpText("after", exitCodeHelp)
  .action((stack: string, service: string | undefined, flags: Flags) =>
    exitWith((signal) => rollout(stack, service, flags, signal), "the rollout itself continues"),
  )
  .parseAsync();

/**
 * Waits for the rollouts of a stack's services and prints their status; resolves to the exit code.
 *
 * @param only name of the one service to wait for. @default - every service of the stack
 * @throws ToolError for invalid input, and when AWS does not respond
 */
async function rollout(
  stack: string,
  only: string | undefined,
  { config, timeout, junit, markdown }: Flags,
  interruption: AbortSignal,
): Promise<number> {
  const stage = loadStage(stack, config);
  const services = ecsServicesOf(stage, only);
  const clients = clientsOf(stage);
  await checkAccount(clients, stage);

  // An error of one wait ends the others too: expired credentials have expired for all of them.
  const failure = new AbortController();
  const signal = AbortSignal.any([interruption, failure.signal]);
  const clock = systemClock(signal);
  const statuses = await showRollouts(services, (service, onObservation) =>
    waitForRollout(clients, service, { clock, timeoutMs: timeout * 60_000, onObservation }).catch((error: unknown) => {
      failure.abort(error);
      throw signal.reason;
    }),
  );

  for (const status of statuses) {
    const colour = status.outcome === "succeeded" ? "green" : "red";
    const lines = textLines(status).map((line) => (line === "" ? "" : `  ${line}`));
    print("", paint([colour, "bold"], headline(status)), ...lines);
  }
  if (junit !== undefined) writeReport("--junit", junit, junitReportOf(stack, statuses));
  if (markdown !== undefined) writeReport("--markdown", markdown, markdownReport(stack, statuses));
  return exitCodeOf(statuses.map(({ outcome }) => outcome));
}
