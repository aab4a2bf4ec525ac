import { ApiGatewayAccount } from "@cdktf/provider-aws/lib/api-gateway-account";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { servedRegions, type AccountConfig } from "../../schema";
import { partitionOf } from "../../schema/regions";
import { pipelineRoleName } from "../naming";
import { pipelinePath } from "./boundaries";
import type { RegionalProviders } from "../provider";

export interface ApiGatewayLogsProps {
  readonly account: AccountConfig;
  readonly providers: RegionalProviders;
}

/**
 * The role with which API Gateway writes the logs of REST APIs, set in each region of the account stack. API Gateway
 * refuses stages with logs before. https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export class ApiGatewayLogs extends Construct {
  constructor(scope: Construct, id: string, props: ApiGatewayLogsProps) {
    super(scope, id);
    const { account, providers } = props;
    const trust = new DataAwsIamPolicyDocument(this, "trust", {
      statement: [
        {
          actions: ["sts:AssumeRole"],
          principals: [{ type: "Service", identifiers: ["apigateway.amazonaws.com"] }],
        },
      ],
    });
    const role = new IamRole(this, "role", {
      name: pipelineRoleName(account, "api-logs"),
      // Deploy roles cannot change what has this path.
      path: pipelinePath,
      description: `API Gateway writes the logs of ${account.app}'s REST APIs`,
      assumeRolePolicy: trust.json,
    });
    const permissions = new IamRolePolicyAttachment(this, "permissions", {
      role: role.name,
      policyArn: `arn:${partitionOf(account.region)}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs`,
    });
    for (const region of servedRegions(account)) {
      new ApiGatewayAccount(this, region, {
        provider: providers.get(region),
        cloudwatchRoleArn: role.arn,
        dependsOn: [permissions],
      });
    }
  }
}
