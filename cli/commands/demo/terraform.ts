import { join } from "node:path";
import prettyMilliseconds from "pretty-ms";
import { z } from "zod";
import { stackName } from "../../../schema";
import { isInteractive, paint } from "../../lib/terminal";
import type { StepView } from "../../lib/progress";
import { ToolFailure } from "../../lib/tool-error";
import { projectFolder } from "../../lib/project";
import { appArguments } from "../../lib/synthesis";
import { programIn, programNameIn } from "../../lib/terraform-program";
import { outputFolder, runTool, stackFolder, type DemoSession } from "./session";
import { overrideBackend } from "./state";

/** Synthesizes the stack, and keeps its state where the demo may write it. */
export async function synthesize(session: DemoSession): Promise<void> {
  const env = { STACKS: stackName(session.stage) };
  await runTool(session, cdktf, ["synth", ...appArguments(session.config), "--output", outputFolder(session)], { env });
  overrideBackend(session);
}

/** Runs `cdktf deploy` and shows its progress; resolves to the number of created resources. */
export const deployStack = (session: DemoSession, view: StepView) => runCdktf(session, "deploy", "created", view);

/** Runs `cdktf destroy` and shows its progress; resolves to the number of destroyed resources. */
export const destroyStack = (session: DemoSession, view: StepView) => runCdktf(session, "destroy", "destroyed", view);

/** The stack's outputs by name. */
export async function readOutputs(session: DemoSession): Promise<Map<string, string>> {
  const args = ["output", "-json", "-no-color"];
  const { tail } = await runTool(session, programIn(session.environment), args, { cwd: stackFolder(session) });
  const outputs = outputsSchema.parse(JSON.parse(tail.join("\n")));
  return new Map(
    Object.entries(outputs).map(([name, { value, sensitive }]) => {
      if (sensitive) return [name, "(sensitive)"];
      return [name, typeof value === "string" ? value : JSON.stringify(value)];
    }),
  );
}

/**
 * Plans the deployed stack again, without cdktf; resolves to the line of the plan that there are no changes.
 *
 * @throws ToolFailure when the plan contains changes
 */
export async function planAgain(session: DemoSession): Promise<string> {
  const args = ["plan", "-detailed-exitcode", "-input=false", "-no-color"];
  const { exitCode, tail } = await runTool(session, programIn(session.environment), args, {
    cwd: stackFolder(session),
    accept: [0, changesExitCode],
  });
  const noChanges = tail.find((line) => line.startsWith("No changes."));
  if (exitCode === 0 && noChanges !== undefined) return noChanges;
  throw new ToolFailure(
    `a second ${programNameIn(session.environment)} plan, which must not contain changes,`,
    exitCode,
    tail,
  );
}

/** The progress of `terraform apply` or `terraform destroy`, read from its output. */
export class TerraformProgress {
  /** What happens before the first resource is created or destroyed. */
  public phase = "starting";
  /** Resources that the plan changes; undefined before the plan. */
  public total: number | undefined;
  public done = 0;
  private readonly startTimes = new Map<string, number>();

  /** Reads a line of output, with or without the prefix of cdktf. */
  public read(line: string, now = Date.now()): void {
    this.phase = phases.find(([pattern]) => pattern.test(line))?.[1] ?? this.phase;
    const counts = planLine.exec(line);
    if (counts) this.total = counts.slice(1).reduce((sum, count) => sum + Number(count), 0);
    const started = startLine.exec(line)?.[1];
    if (started !== undefined) this.startTimes.set(started, now);
    const ended = endLine.exec(line)?.[1];
    if (ended !== undefined && this.startTimes.delete(ended)) this.done += 1;
  }

  /** The resources in progress, the longest first. */
  public active(now = Date.now()): readonly { readonly address: string; readonly seconds: number }[] {
    return [...this.startTimes].map(([address, since]) => ({ address, seconds: Math.floor((now - since) / 1000) }));
  }
}

const planLine = /Plan: (\d+) to add, (\d+) to change, (\d+) to destroy/;
const startLine = /(\S+): (Creating|Modifying|Destroying)\.\.\./;
const endLine = /(\S+): (?:Creation|Modifications|Destruction) complete after/;

const phases: readonly (readonly [RegExp, string])[] = [
  [/Initializing the backend/, "connecting to the state"],
  [/Initializing provider plugins/, "installing the AWS provider"],
  [/has been successfully initialized/, "planning"],
];

const outputsSchema = z.record(z.string(), z.object({ value: z.unknown(), sensitive: z.boolean() }));

const cdktf = join(projectFolder, "node_modules/.bin/cdktf");

/** Of `terraform plan -detailed-exitcode`. */
const changesExitCode = 2;

async function runCdktf(session: DemoSession, verb: string, participle: string, view: StepView): Promise<number> {
  const terraform = new TerraformProgress();
  const started = Date.now();
  const timer = setInterval(() => {
    view.progress(...describe(terraform, participle, Date.now() - started));
  }, 500);
  try {
    // The lock file of a demo is deleted with its folder, and needs no checksums of other platforms.
    const flags = ["--skip-synth", "--auto-approve", "--skip-provider-lock"];
    await runTool(session, cdktf, [verb, stackName(session.stage), ...flags, "--output", outputFolder(session)], {
      onLine: (line) => {
        terraform.read(line);
      },
    });
  } finally {
    clearInterval(timer);
  }
  return terraform.done;
}

/** A headline, and the resources in progress. */
function describe(terraform: TerraformProgress, participle: string, elapsedMs: number): [string, string[]] {
  const { total, done, phase } = terraform;
  const elapsed = prettyMilliseconds(elapsedMs, { secondsDecimalDigits: 0 });
  if (total === undefined) return [`${phase}, ${elapsed}`, []];
  const active = terraform.active();
  const details = active.slice(0, 4).map(({ address, seconds }) => `${address} (${seconds} s)`);
  const more = active.length > details.length ? [`and ${active.length - details.length} more`] : [];
  return [`${progressBar(done, total)}${done} of ${total} ${participle}, ${elapsed}`, [...details, ...more]];
}

const barLength = 24;

function progressBar(done: number, total: number): string {
  if (!isInteractive) return "";
  const filled = Math.round((barLength * done) / Math.max(total, 1));
  return `${paint("green", "━".repeat(filled))}${paint("dim", "━".repeat(barLength - filled))} `;
}
