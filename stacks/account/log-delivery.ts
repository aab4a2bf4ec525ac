import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { Construct } from "constructs";
import { servedRegions, type AccountConfig } from "../../schema";
import { partitionOf } from "../../schema/regions";
import { arnOf } from "../arn";
import { accessLogGroupPattern, logDeliveryPolicyName, vendedLogGroupPatterns } from "../naming";
import type { RegionalProviders } from "../provider";

export interface LogDeliveryProps {
  readonly account: AccountConfig;
  readonly providers: RegionalProviders;
}

/**
 * Allows the delivery of logs of HTTP APIs and WAF to their log groups, in each region of the account stack. AWS adds no
 * policy of its own for a log group that a wildcard covers.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-CWL.html
 */
export class LogDelivery extends Construct {
  constructor(scope: Construct, id: string, props: LogDeliveryProps) {
    super(scope, id);
    const { account, providers } = props;
    for (const region of servedRegions(account)) {
      const regional = new Construct(this, region);
      const arnScope = { partition: partitionOf(region), region, accountId: account.accountId };
      const patterns = [...vendedLogGroupPatterns, accessLogGroupPattern(account)];
      const { json } = new DataAwsIamPolicyDocument(regional, "delivery", {
        statement: [
          {
            sid: "LogDelivery",
            actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
            principals: [{ type: "Service", identifiers: ["delivery.logs.amazonaws.com"] }],
            resources: patterns.map((pattern) => arnOf(arnScope, "logs", `log-group:${pattern}:log-stream:*`)),
            condition: [
              { test: "StringEquals", variable: "aws:SourceAccount", values: [account.accountId] },
              { test: "ArnLike", variable: "aws:SourceArn", values: [arnOf(arnScope, "logs", "*")] },
            ],
          },
        ],
      });
      new CloudwatchLogResourcePolicy(regional, "policy", {
        provider: providers.get(region),
        policyName: logDeliveryPolicyName(account),
        policyDocument: json,
      });
    }
  }
}
