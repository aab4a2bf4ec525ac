import type { Sandbox } from "./sandbox";

const defaults = "config/prod/defaults.ts";
const data = "config/prod/data.ts";

const takenDown = `
  exceptions: [
    { rule: "database-deletion", resource: "aws_db_instance.*", reason: "The stage is taken down." },
    { rule: "user-pool-deletion", resource: "aws_cognito_user_pool.*", reason: "The stage is taken down." },
  ],`;

/** Has the stages of prod say that they are taken down, without a last snapshot, as a person would. */
export function sayThatProdIsTakenDown(sandbox: Sandbox): void {
  sandbox.edit(data, "deletionProtection: true", "deletionProtection: false");
  sandbox.edit(data, 'kind: "instance",', 'kind: "instance", deletionProtection: false, finalSnapshot: false,');
  sandbox.edit(defaults, "deletionProtection: true", "deletionProtection: false");
  sandbox.edit(defaults, "export const defaults = {", `export const defaults = {${takenDown}`);
}

/**
 * Takes the web ACL out of the stages of prod: each plan of one takes the AWS provider ten seconds of a processor, so it is
 * left to the tests that are about it.
 */
export function goWithoutWebAcl(sandbox: Sandbox): void {
  const exception = '{ rule: "api-waf", resource: "aws_api_gateway_stage.*", reason: "A web ACL takes long to plan." }';
  sandbox.edit(defaults, "    waf: { logRetentionDays: 365 },\n", "");
  sandbox.edit(defaults, "export const defaults = {", `export const defaults = {\n  exceptions: [${exception}],`);
}

/** Lets what prod keeps be deleted. */
export async function liftProtection(sandbox: Sandbox, ...stacks: readonly string[]): Promise<void> {
  sayThatProdIsTakenDown(sandbox);
  await sandbox.synthesize();
  await Promise.all(stacks.map((stack) => sandbox.terraform(stack, ["apply", "-auto-approve", "-input=false"])));
}
