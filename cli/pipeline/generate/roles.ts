import type { BootstrapConfig, StageConfig } from "../../../config";
import { pipelinePath } from "../../../stacks/bootstrap/boundary-name";
import { iamArn, partitionOf } from "../../../stacks/bootstrap/place";
import { pipelineRoleName, roleName } from "../../../stacks/naming";

/** ARNs of the roles that the bootstrap makes for a stage. */
export function rolesFor(bootstrap: BootstrapConfig, stage: StageConfig): { plan: string; deploy: string } {
  const place = { partition: partitionOf(bootstrap.region), accountId: bootstrap.accountId };
  const arnOf = (name: string) => iamArn(place, `role${pipelinePath}${name}`);
  return { plan: arnOf(pipelineRoleName(bootstrap, "plan")), deploy: arnOf(roleName(stage, "deploy")) };
}
