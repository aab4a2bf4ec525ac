import type { Sandbox } from "./sandbox";

const defaults = "config/prod/defaults.ts";
const data = "config/prod/data.ts";

const takenDown = `
  exceptions: [
    { rule: "database-deletion", resource: "aws_db_instance.*", reason: "The stage is taken down." },
    { rule: "user-pool-deletion", resource: "aws_cognito_user_pool.*", reason: "The stage is taken down." },
  ],`;

/** Turns deletion protection and final snapshots of the prod stages off in their stage files. */
export function allowDeletionOfProd(sandbox: Sandbox): void {
  sandbox.edit(data, "deletionProtection: true", "deletionProtection: false");
  sandbox.edit(data, 'kind: "instance",', 'kind: "instance", deletionProtection: false, finalSnapshot: false,');
  sandbox.edit(defaults, "deletionProtection: true", "deletionProtection: false");
  sandbox.edit(defaults, "export const defaults = {", `export const defaults = {${takenDown}`);
}

/**
 * Removes the web ACL from the prod stages: the AWS provider needs ten seconds of CPU for each plan of one, so that only
 * the tests of web ACLs deploy it.
 */
export function removeWebAcl(sandbox: Sandbox): void {
  const exception = '{ rule: "api-waf", resource: "aws_api_gateway_stage.*", reason: "A web ACL takes long to plan." }';
  sandbox.edit(defaults, "    waf: { logRetentionDays: 365 },\n", "");
  sandbox.edit(defaults, "export const defaults = {", `export const defaults = {\n  exceptions: [${exception}],`);
}

/** Deploys the prod stages without deletion protection. */
export async function liftProtection(sandbox: Sandbox, ...stacks: readonly string[]): Promise<void> {
  allowDeletionOfProd(sandbox);
  await sandbox.synthesize();
  await Promise.all(stacks.map((stack) => sandbox.deploy(stack)));
}
