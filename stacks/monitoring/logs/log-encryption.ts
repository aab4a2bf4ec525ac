import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Aspects, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import { partitionIn } from "../../arn";
import { accountRootStatement } from "../../identity/account-root-statement";

export interface LogEncryptionProps {
  readonly stage: StageConfig;
}

/** A KMS key of the stage that encrypts every log group of its stack. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
export class LogEncryption extends Construct {
  constructor(scope: Construct, id: string, props: LogEncryptionProps) {
    super(scope, id);
    const { app, stage, region, accountId } = props.stage;
    const partition = partitionIn(this);
    const policy = new DataAwsIamPolicyDocument(this, "policy", {
      statement: [
        accountRootStatement(partition, accountId),
        {
          sid: "LogsOfTheAccount",
          actions: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
          resources: ["*"],
          principals: [{ type: "Service", identifiers: [`logs.${region}.amazonaws.com`] }],
          condition: [
            {
              test: "ArnLike",
              variable: "kms:EncryptionContext:aws:logs:arn",
              values: [`arn:${partition}:logs:${region}:${accountId}:log-group:*`],
            },
          ],
        },
      ],
    });
    const { arn } = new KmsKey(this, "key", {
      description: `Logs of ${app} on ${stage}`,
      enableKeyRotation: true,
      // Logs cannot be read after their key is deleted.
      deletionWindowInDays: 30,
      policy: policy.json,
      // Log groups must have stopped using the key before it is disabled.
      lifecycle: { createBeforeDestroy: true },
    });
    Aspects.of(TerraformStack.of(this)).add({
      visit: (node) => {
        if (node instanceof CloudwatchLogGroup) node.kmsKeyId = arn;
      },
    });
  }
}
