import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadStages } from "../../../../schema";
import { print } from "../../../lib/command-line/terminal";
import { stageOfStack } from "../../../lib/chosen";
import { writeReport } from "../../../lib/report";
import { runningImages } from "../images/running";
import { openSession, openWorkplace } from "../stack/session";
import { driftOf, type Drifted } from "./difference";
import { junitOf, linesOf, markdownOf, type StackDrift } from "./report";

/** What the caller chose. */
export interface DriftOptions {
  readonly stacks: readonly string[];
  /** Files for the reports. @default - none */
  readonly markdown?: string;
  readonly junit?: string;
  readonly json?: string;
  readonly signal: AbortSignal;
}

const driftExitCode = 2;

/**
 * Tells which resources of the stacks are not as they should be; resolves to the exit code.
 *
 * @throws ToolError when there is no such stack
 */
export async function drift({ stacks, markdown, junit, json, signal }: DriftOptions): Promise<number> {
  const stages = loadStages();
  for (const stack of stacks) stageOfStack(stages, stack);
  const found: StackDrift[] = [];
  // What is wrong with one stack must not hide what drifted in the next.
  for (const stack of stacks) found.push(await lookAt(stack, signal));

  for (const { stack, drifted, error } of found) {
    print("", error === undefined ? `${stack}: ${drifted.length} drifted` : `${stack}: ${error}`);
    print(...drifted.flatMap(linesOf).map((line) => `  ${line}`));
  }
  if (markdown !== undefined) writeReport("--markdown", markdown, markdownOf(found));
  if (junit !== undefined) writeReport("--junit", junit, junitOf(found));
  if (json !== undefined) writeReport("--json", json, `${JSON.stringify(found, undefined, 2)}\n`);
  if (found.some(({ error }) => error !== undefined)) return 1;
  return found.some(({ drifted }) => drifted.length > 0) ? driftExitCode : 0;
}

async function lookAt(stack: string, signal: AbortSignal): Promise<StackDrift> {
  try {
    return { stack, drifted: await driftIn(stack, signal) };
  } catch (error) {
    signal.throwIfAborted();
    return { stack, drifted: [], error: error instanceof Error ? error.message : String(error) };
  }
}

async function driftIn(stack: string, signal: AbortSignal): Promise<Drifted[]> {
  const session = await openSession(stack, signal);
  const { terraform } = await openWorkplace(session, await runningImages(session.clients, session.stage));
  const folder = mkdtempSync(join(tmpdir(), "drift-"));
  try {
    const file = join(folder, "drift.tfplan");
    const isDifferent = await terraform.plan(file, "-lock=false");
    return isDifferent ? driftOf(await terraform.json(file)) : [];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
