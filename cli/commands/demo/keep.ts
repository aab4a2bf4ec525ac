import { createInterface } from "node:readline/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { heading, paint, print } from "../../lib/terminal";
import { exportLines } from "emulated-aws";
import { programNameIn } from "../../lib/terraform-program";
import { projectPath, stackFolder, type DemoSession } from "./session";

/** Asks in the terminal whether to keep the emulated AWS. */
export async function confirmKeep({ signal }: DemoSession): Promise<boolean> {
  print("");
  const answer = await question("Keep the emulated AWS running, to look around? [y/N] ", signal);
  return /^y(es)?$/i.test(answer.trim());
}

/** Prints how to reach the emulated AWS, and waits for Enter or Ctrl-C. */
export async function keepRunning(session: DemoSession, outputs: ReadonlyMap<string, string>): Promise<void> {
  const { environment, signal } = session;
  heading("The emulated AWS keeps running. In another terminal, from this folder:");
  print("", ...exportLines(environment, process.env).map((line) => `  ${line}`));
  heading("Then try");
  print("", ...exampleCommands(session, outputs).map((line) => `  ${paint("cyan", line)}`), "");
  if (process.stdin.isTTY) await question("Press Enter to destroy the stack (Ctrl-C stops the emulated AWS) ", signal);
  else while (!signal.aborted) await sleep(dayMs, undefined, { signal });
}

const dayMs = 86_400_000;

function exampleCommands(session: DemoSession, outputs: ReadonlyMap<string, string>): string[] {
  const cluster = outputs.get("cluster_name");
  const { state } = session.stage;
  const url = outputs.get("api_url");
  return [
    ...(url === undefined ? [] : [requestOf(new URL(url))]),
    `${programNameIn(session.environment)} -chdir=${projectPath(stackFolder(session))} state list`,
    "aws ec2 describe-vpc-endpoints --query 'VpcEndpoints[].ServiceName'",
    ...(cluster === undefined ? [] : [`aws ecs list-services --cluster ${cluster}`]),
    ...(state.backend === "s3" ? [`aws s3 ls --recursive s3://${state.bucket}`] : []),
  ];
}

/** The names of a stage's URLs do not resolve on this machine: its emulated AWS answers for all of them. */
const requestOf = ({ protocol, host, pathname }: URL) =>
  `curl --header 'Host: ${host}' --header 'x-forwarded-proto: ${protocol.replace(":", "")}' "$AWS_ENDPOINT_URL${pathname.replace(/\/$/, "")}/health"`;

/** Without the terminal's raw mode, in which Ctrl-C would not reach this process as a signal. */
async function question(text: string, signal: AbortSignal): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout, terminal: false });
  const ended = new AbortController();
  // The end of the input counts as an empty answer.
  terminal.once("close", () => {
    ended.abort();
  });
  try {
    return await terminal.question(text, { signal: AbortSignal.any([signal, ended.signal]) });
  } catch (error) {
    signal.throwIfAborted();
    if (ended.signal.aborted) return "";
    throw error;
  } finally {
    terminal.close();
  }
}
