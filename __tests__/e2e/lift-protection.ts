import type { Sandbox } from "./sandbox";

const defaults = "config/prod/defaults.ts";
const data = "config/prod/data.ts";

const exceptions = `
  exceptions: [
    { rule: "database-kept", resource: "aws_db_instance.*", reason: "The stage is taken down." },
    { rule: "user-pool-kept", resource: "aws_cognito_user_pool.*", reason: "The stage is taken down." },
  ],`;

/** Has the stages of prod say that they are taken down, without a last snapshot, as a person would. */
export function sayThatProdIsTakenDown(sandbox: Sandbox): void {
  sandbox.edit(data, "deletionProtection: true", "deletionProtection: false");
  sandbox.edit(data, 'kind: "instance",', 'kind: "instance", deletionProtection: false, finalSnapshot: false,');
  sandbox.edit(defaults, "deletionProtection: true", "deletionProtection: false");
  sandbox.edit(defaults, "export const defaults = {", `export const defaults = {${exceptions}`);
}

/** Lets what prod keeps be deleted. */
export async function liftProtection(sandbox: Sandbox, ...stacks: readonly string[]): Promise<void> {
  sayThatProdIsTakenDown(sandbox);
  await sandbox.synthesize();
  await Promise.all(stacks.map((stack) => sandbox.terraform(stack, ["apply", "-auto-approve", "-input=false"])));
}
