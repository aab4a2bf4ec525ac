import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command, Option } from "commander";
import { z } from "zod";
import { configOption, exitWith, stackArgument, type ConfigFlags } from "../../lib/command-line";
import { currentCommit } from "../../lib/git";
import { print } from "../../lib/terminal";
import { guardPlan, guardReport, refusedExitCode, type GuardResult } from "../guard/guard";
import type { Loss } from "../guard/losses";
import { nameOf, planOf, type Plan, type ResourceChange } from "../guard/plan";
import { PlanFile, reportFolder } from "./plan-file";
import { runningImages } from "./running-images";
import { openSession, openTerraform, type SessionOptions } from "./session";

export interface PlanOptions extends SessionOptions {
  /** Addresses of resources whose data may be lost. */
  readonly allow: readonly string[];
}

type Flags = ConfigFlags & Pick<PlanOptions, "allow">;

/** Number of resource changes by action; a replaced resource is created and deleted. */
export interface Counts {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
}

/** A plan and the guard's result. */
export interface Summarized {
  readonly stack: string;
  readonly commit: string;
  readonly plan: Plan;
  readonly guard: GuardResult;
}

/** `plan <stack>` */
export function planCommand(): Command {
  return new Command("plan")
    .description(
      "Plans a stack with the images that run now, and writes plan, summary and counts to pipeline/<stack>/. " +
        "Exit code 0: may be applied; 2: refused, as data would be lost; 1: no plan.",
    )
    .addArgument(stackArgument())
    .addOption(configOption())
    .addOption(
      new Option("--allow <address>", "resource whose data may be lost; can be repeated")
        .env("ALLOW_LOSS_OF")
        .argParser(collect)
        .default([]),
    )
    .action((stack: string, { config, allow }: Flags) => exitWith((signal) => plan({ config, stack, allow, signal })));
}

/** The environment variable contains several addresses, separated by spaces. */
function collect(addresses: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, ...addresses.split(/\s+/).filter((address) => address !== "")];
}

const planInfo = z
  .object({ terraform_version: z.string() })
  .transform(({ terraform_version: terraformVersion }) => ({ terraformVersion }));

/**
 * Plans a stack with the images that it runs now, checks the plan for the loss of data, and saves it for the job that
 * applies it; resolves to the exit code.
 *
 * @throws ToolError for bad input, and when AWS or Terraform reports an error
 */
export async function plan({ config, stack, allow, signal }: PlanOptions): Promise<number> {
  const file = new PlanFile(stack);
  file.remove();
  const commit = await currentCommit();
  const session = await openSession({ config, stack, signal });
  const images = await runningImages(session.clients, session.stage);
  for (const [variable, image] of Object.entries(images)) print(`${variable} = ${image}, which runs now`);

  const { folder, terraform } = await openTerraform(session, images);
  // Not before the session, which refuses a stack that does not exist.
  mkdirSync(reportFolder(stack), { recursive: true });
  // The plan role may not write, not even a lock. An apply in between makes the plan stale, which Terraform refuses.
  await terraform.plan(file.path, "-lock=false");
  const text = await terraform.text(file.path);
  const json = await terraform.json(file.path);
  const planned = planOf(json, "the plan");
  const guard = guardPlan(planned, allow);

  const write = (name: string, content: string) => {
    writeFileSync(join(reportFolder(stack), name), content);
  };
  write("plan.txt", `${text}\n`);
  write("summary.md", summaryOf({ stack, commit, plan: planned, guard }));
  write("terraform-report.json", `${JSON.stringify(countsOf(planned))}\n`);
  print("", text, "", guardReport(guard));
  if (guard.refused.length > 0) {
    file.remove();
    return refusedExitCode;
  }
  file.saveProviders(folder);
  file.saveInfo({ stack, commit, createdAt: new Date().toISOString(), ...planInfo.parse(json) });
  return 0;
}

/** Counts as the widget of GitLab's merge requests shows them. https://docs.gitlab.com/ci/yaml/artifacts_reports/#artifactsreportsterraform */
export function countsOf(plan: Pick<Plan, "resource_changes">): Counts {
  const count = (action: keyof Counts) =>
    plan.resource_changes.filter(({ change }) => change.actions.includes(action)).length;
  return { create: count("create"), update: count("update"), delete: count("delete") };
}

/** A plan in Markdown: the counts, and what is replaced and deleted, in bold where data is lost. */
export function summaryOf({ stack, commit, plan, guard }: Summarized): string {
  const { create, update, delete: deleted } = countsOf(plan);
  const { refused, overridden, unprotected } = guard;
  const losses = new Map([...refused, ...overridden, ...unprotected].map((loss) => [loss.name, loss]));
  const consent = (loss: Loss) => {
    if (refused.includes(loss)) return "";
    return overridden.includes(loss) ? ", which was allowed" : ", which this stage may lose";
  };
  const line = (change: ResourceChange) => {
    const loss = losses.get(nameOf(change));
    if (loss === undefined) return `- \`${nameOf(change)}\``;
    return `- **\`${loss.name}\` ${loss.effect}, as it ${escaped(loss.cause)}: loses ${loss.data}**${consent(loss)}`;
  };
  const list = (title: string, changes: readonly ResourceChange[]) =>
    changes.length === 0 ? [] : [`${title}:`, changes.map(line).join("\n")];
  const gone = plan.resource_changes.filter(isGone);
  const isReplaced = ({ change }: ResourceChange) => change.actions.includes("create");
  return (
    [
      `### Plan of ${stack}`,
      `${create} to create, ${update} to change, ${deleted} to delete, from commit ${commit.slice(0, 8)}.`,
      ...list("Replaced", gone.filter(isReplaced)),
      ...list(
        "Deleted",
        gone.filter((change) => !isReplaced(change)),
      ),
      ...(refused.length > 0
        ? ["**Refused by the guard: it is not applied.** Undo what causes it, or plan with `--allow <address>`."]
        : []),
      "",
    ]
      .join("\n\n")
      .trimEnd() + "\n"
  );
}

const isGone = ({ change }: ResourceChange) => change.actions.includes("delete") || change.actions.includes("forget");

const escaped = (text: string) => text.replace(/[\\`*_<>[\]]/g, "\\$&");
