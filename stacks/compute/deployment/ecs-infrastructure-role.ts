import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import { ServiceRole } from "../../identity/service-role";
import { roleName } from "../../naming";

export interface ShiftingRoleProps {
  readonly stage: StageConfig;
  readonly name: string;
}

/**
 * The role by which ECS shifts requests from one target group to the other, with the policy that AWS keeps for it.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AmazonECSInfrastructureRolePolicyForLoadBalancers.html
 */
export class EcsInfrastructureRole extends Construct {
  public readonly arn: string;
  public readonly policies: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ShiftingRoleProps) {
    super(scope, id);
    const { stage, name } = props;
    const role = new ServiceRole(this, "role", {
      name: roleName(stage, `${name}-shifting`),
      // AWS documents no condition here, so none may be sent that it could fail.
      service: "ecs.amazonaws.com",
    });
    const { partition } = new DataAwsPartition(this, "partition");
    this.arn = role.arn;
    this.policies = [
      new IamRolePolicyAttachment(this, "policy", {
        role: role.name,
        policyArn: `arn:${partition}:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers`,
      }),
    ];
  }
}
