import { pipelineRoleName } from "../naming";
import { iamArn, partitionOf } from "./place";

interface Owner {
  readonly app: string;
  readonly region: string;
  readonly accountId: string;
}

/** Path of what the bootstrap keeps in IAM: no name of a stage's roles matches it, so that no deploy role can touch it. */
export const pipelinePath = "/pipeline/";

/** ARN of the policy that limits the roles that a stage makes. */
export function workloadBoundaryArn(owner: Owner): string {
  const place = { partition: partitionOf(owner.region), accountId: owner.accountId };
  return iamArn(place, `policy${pipelinePath}${pipelineRoleName(owner, "workload-boundary")}`);
}
