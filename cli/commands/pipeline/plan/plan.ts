import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { print } from "../../../lib/command-line/terminal";
import { guardPlan, guardReport, refusedExitCode } from "../../guard/guard";
import { planOf } from "../../guard/plan";
import { runningImages } from "../images/running";
import { currentCommit } from "../stack/commit";
import { PlanFile } from "../stack/plan-file";
import { reportFolder } from "../stack/report-folder";
import { openSession, openWorkplace } from "../stack/session";
import { countsOf } from "./counts";
import { summaryOf } from "./summary";

const madeBy = z
  .object({ terraform_version: z.string() })
  .transform(({ terraform_version: terraformVersion }) => ({ terraformVersion }));

/** What the caller chose. */
export interface PlanOptions {
  readonly stack: string;
  /** Addresses of resources whose data may be lost. */
  readonly allow: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * Plans a stack with the images that it runs now, judges what would be lost, and leaves the plan for the job that applies
 * it; resolves to the exit code.
 *
 * @throws ToolError for bad input, and when AWS or Terraform refuses
 */
export async function plan({ stack, allow, signal }: PlanOptions): Promise<number> {
  const file = new PlanFile(stack);
  file.remove();
  const commit = await currentCommit();
  const session = await openSession(stack, signal);
  const images = await runningImages(session.clients, session.stage);
  for (const [variable, image] of Object.entries(images)) print(`${variable} = ${image}, which runs now`);

  const { folder, terraform } = await openWorkplace(session, images);
  // The role of a plan writes nothing, not even a lock: an apply in between makes the plan stale, and is not lost.
  await terraform.plan(file.path, "-lock=false");
  const text = await terraform.text(file.path);
  const json = await terraform.json(file.path);
  const planned = planOf(json, "the plan");
  const verdict = guardPlan(planned, allow);

  const write = (name: string, content: string) => {
    writeFileSync(join(reportFolder(stack), name), content);
  };
  write("plan.txt", `${text}\n`);
  write("summary.md", summaryOf({ stack, commit, plan: planned, verdict }));
  write("terraform-report.json", `${JSON.stringify(countsOf(planned))}\n`);
  print("", guardReport(verdict));
  if (verdict.refused.length > 0) {
    file.remove();
    return refusedExitCode;
  }
  file.keepProviders(folder);
  file.describe({ stack, commit, createdAt: new Date().toISOString(), ...madeBy.parse(json) });
  return 0;
}
