import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import { accountRootStatement } from "../../identity/account-root-statement";

export interface TopicKeyProps {
  readonly stage: StageConfig;
}

/**
 * The key of the topic: with AWS's own key for SNS, CloudWatch and EventBridge could not write to it, as nobody can give
 * them its use. https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
export class TopicKey extends Construct {
  public readonly arn: string;

  constructor(scope: Construct, id: string, props: TopicKeyProps) {
    super(scope, id);
    const { app, stage, accountId } = props.stage;
    const { partition } = new DataAwsPartition(this, "partition");
    const policy = new DataAwsIamPolicyDocument(this, "policy", {
      statement: [
        accountRootStatement(partition, accountId),
        {
          sid: "AlarmsWrite",
          actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
          resources: ["*"],
          principals: [{ type: "Service", identifiers: ["cloudwatch.amazonaws.com"] }],
          condition: [{ test: "StringEquals", variable: "aws:SourceAccount", values: [accountId] }],
        },
        {
          // EventBridge does not say for whom it asks KMS: a condition would treatMissingData it.
          sid: "EventsWrite",
          actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
          resources: ["*"],
          principals: [{ type: "Service", identifiers: ["events.amazonaws.com"] }],
        },
      ],
    });
    this.arn = new KmsKey(this, "key", {
      description: `Messages of ${app} on ${stage}`,
      enableKeyRotation: true,
      deletionWindowInDays: 7,
      policy: policy.json,
    }).arn;
  }
}
