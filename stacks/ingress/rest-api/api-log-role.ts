import { ApiGatewayAccount } from "@cdktf/provider-aws/lib/api-gateway-account";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ServiceRole } from "../../identity/service-role";
import { roleName, type Named } from "../../naming";

export interface ApiLogRoleProps {
  readonly stage: Named;
}

/**
 * The role with which API Gateway writes logs, one for the account and region: a stage with logs is refused before it
 * is set. https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export class ApiLogRole extends Construct {
  /** For stages, which AWS refuses before. */
  public readonly settings: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ApiLogRoleProps) {
    super(scope, id);
    const { partition } = new DataAwsPartition(this, "partition");
    const role = new ServiceRole(this, "writer", {
      name: roleName(props.stage, "api-logs"),
      service: "apigateway.amazonaws.com",
    });
    const permissions = new IamRolePolicyAttachment(this, "permissions", {
      role: role.name,
      policyArn: `arn:${partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs`,
    });
    this.settings = [new ApiGatewayAccount(this, "account", { cloudwatchRoleArn: role.arn, dependsOn: [permissions] })];
  }
}
