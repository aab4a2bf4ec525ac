import { refsOf, serves, stackName, type AccountConfig, type Refs, type StageConfig } from "../../../../schema";
import { pipelinePath } from "../../../../stacks/account/boundaries";
import { iamArn } from "../../../../stacks/arn";
import { partitionOf } from "../../../../schema/regions";
import { pipelineRoleName, roleName } from "../../../../stacks/naming";
import { protections } from "../protection";

/** The properties of a stack that its jobs depend on. */
export interface PipelineStack {
  readonly name: string;
  readonly environment: string;
  readonly region: string;
  /** Whether the first job that changes the stack waits for a manual approval (`when: manual`). */
  readonly manualApproval: boolean;
  /** Whether a job may destroy the stack with all its data. */
  readonly isShortLived: boolean;
  /** Whether a service runs an image that is built here. */
  readonly buildsImages: boolean;
  /** Whether a service has the one-off task `migrate`. */
  readonly migrates: boolean;
  /** ARNs of the roles of its jobs. @default - the credentials of the runner */
  readonly roles?: { readonly plan: string; readonly deploy: string };
  readonly deploysFrom: Refs;
}

/** The stacks of all stages, as the generator needs them. */
export function pipelineStacks(
  stages: readonly StageConfig[],
  accounts: readonly AccountConfig[],
): readonly PipelineStack[] {
  return stages.map((stage) => {
    const services = Object.values(stage.services);
    const account = accounts.find((candidate) => serves(candidate, stage));
    return {
      name: stackName(stage),
      environment: stage.environment,
      region: stage.region,
      manualApproval: stage.production,
      isShortLived: protections(stage).length === 0,
      buildsImages: services.some(({ image }) => image === undefined),
      migrates: services.some((service) => service.kind !== "job" && "migrate" in service.tasks),
      roles: account && rolesFor(account, stage),
      deploysFrom: refsOf(account, stage.environment),
    };
  });
}

/** ARNs of the roles that the account stack creates for a stage. */
function rolesFor(account: AccountConfig, stage: StageConfig): { plan: string; deploy: string } {
  const scope = { partition: partitionOf(account.region), accountId: account.accountId };
  const arnOf = (name: string) => iamArn(scope, `role${pipelinePath}${name}`);
  return { plan: arnOf(pipelineRoleName(account, "plan")), deploy: arnOf(roleName(stage, "deploy")) };
}
