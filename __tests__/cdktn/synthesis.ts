import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import type { AccountConfig, StageConfig } from "../../schema";
import { typesOf } from "../../stacks/account/types-of";
import { AccountStack } from "../../stacks/account-stack";
import { StageStack } from "../../stacks/stage-stack";

/** The configuration of one App. */
export interface AppInput {
  readonly stages: readonly StageConfig[];
  readonly accounts: readonly AccountConfig[];
}

/** Synthesizes Apps as `main.ts` does; returns the text of each `cdk.tf.json` by the App's and the stack's name. */
export function synthesized(apps: Readonly<Record<string, AppInput>>): Record<string, string> {
  return Object.fromEntries(Object.entries(apps).flatMap(([name, input]) => filesOf(name, input)));
}

function filesOf(name: string, { stages, accounts }: AppInput): [string, string][] {
  const outdir = mkdtempSync(join(tmpdir(), "synthesis-"));
  try {
    const app = new App({ outdir });
    const typed = stages.map((stage) => {
      const stack = new StageStack(app, stage);
      // The policy renders each stack before it is written.
      stack.render();
      return { stage, types: typesOf(stack) };
    });
    for (const account of accounts) new AccountStack(app, account, typed);
    app.synth();
    const folder = join(outdir, "stacks");
    return readdirSync(folder).map((stack) => [
      `${name}: ${stack}`,
      readFileSync(join(folder, stack, "cdk.tf.json"), "utf8"),
    ]);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
