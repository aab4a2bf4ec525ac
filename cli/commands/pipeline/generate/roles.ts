import type { AccountConfig, StageConfig } from "../../../../schema";
import { pipelinePath } from "../../../../stacks/account/boundaries";
import { iamArn, partitionOf } from "../../../../stacks/arn";
import { pipelineRoleName, roleName } from "../../../../stacks/naming";

/** ARNs of the roles that the account makes for a stage. */
export function rolesFor(account: AccountConfig, stage: StageConfig): { plan: string; deploy: string } {
  const place = { partition: partitionOf(account.region), accountId: account.accountId };
  const arnOf = (name: string) => iamArn(place, `role${pipelinePath}${name}`);
  return { plan: arnOf(pipelineRoleName(account, "plan")), deploy: arnOf(roleName(stage, "deploy")) };
}
