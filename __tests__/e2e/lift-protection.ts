import type { Sandbox } from "./sandbox";

const file = "config/prod/data.ts";

/** Lets what prod keeps be deleted, without a last snapshot, as a person would who takes prod down. */
export async function liftProtection(sandbox: Sandbox, ...stacks: readonly string[]): Promise<void> {
  sandbox.edit(file, "deletionProtection: true", "deletionProtection: false");
  sandbox.edit(file, 'kind: "instance",', 'kind: "instance", deletionProtection: false, finalSnapshot: false,');
  await sandbox.cdktf(["synth"]);
  await Promise.all(stacks.map((stack) => sandbox.terraform(stack, ["apply", "-auto-approve", "-input=false"])));
}
