import { basename } from "node:path";
import { createInterface } from "node:readline/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { shown, stackFolder, terraformProgram, type Session } from "./session";
import { exportLines } from "../../lib/shell";
import { heading, paint, print } from "../../lib/terminal";

const aDay = 86_400_000;

/** Asks whether the emulated AWS should stay. */
export async function wantsToKeep({ signal }: Session): Promise<boolean> {
  print("");
  const answer = await ask("Keep the emulated AWS running, to look around? [y/N] ", signal);
  return /^y(es)?$/i.test(answer.trim());
}

/** Says how to reach the emulated AWS, and waits until it is no longer wanted. */
export async function keep(session: Session, outputs: ReadonlyMap<string, string>): Promise<void> {
  const { environment, signal } = session;
  heading("The emulated AWS keeps running. In another terminal, from this folder:");
  print("", ...exportLines(environment, process.env).map((line) => `  ${line}`));
  heading("Then try");
  print("", ...commandsToTry(session, outputs).map((line) => `  ${paint("cyan", line)}`), "");
  if (process.stdin.isTTY) await ask("Press Enter to tear everything down (Ctrl-C just stops it) ", signal);
  else while (!signal.aborted) await sleep(aDay, undefined, { signal });
}

function commandsToTry(session: Session, outputs: ReadonlyMap<string, string>): string[] {
  const cluster = outputs.get("cluster_name");
  return [
    `${basename(terraformProgram(session))} -chdir=${shown(stackFolder(session))} state list`,
    "aws ec2 describe-vpc-endpoints --query 'VpcEndpoints[].ServiceName'",
    ...(cluster === undefined ? [] : [`aws ecs list-services --cluster ${cluster}`]),
    `aws s3 ls --recursive s3://${session.stage.bucket.name}`,
  ];
}

/** Without the terminal's raw mode, in which Ctrl-C would not reach this process as a signal. */
async function ask(question: string, signal: AbortSignal): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout, terminal: false });
  const ended = new AbortController();
  // The end of the input is an answer too: an empty one.
  terminal.once("close", () => {
    ended.abort();
  });
  try {
    return await terminal.question(question, { signal: AbortSignal.any([signal, ended.signal]) });
  } catch (error) {
    signal.throwIfAborted();
    if (ended.signal.aborted) return "";
    throw error;
  } finally {
    terminal.close();
  }
}
