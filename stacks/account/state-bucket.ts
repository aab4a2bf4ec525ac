import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { Construct } from "constructs";
import type { AccountConfig } from "../../schema";
import { PrivateBucket } from "../data/private-bucket";
import { pipelinePath } from "./boundaries";
import { iamArn, partitionOf } from "./place";

/** Where Terraform finds the bucket in the stack of an account. */
export const stateBucketAddress = "aws_s3_bucket.state";

/** The bucket that keeps Terraform's state: what was overwritten for 90 days, and nothing deleted by a pipeline. */
export class StateBucket extends Construct {
  constructor(scope: Construct, id: string, account: AccountConfig) {
    super(scope, id);
    const { alias, stateBucket: name } = account;
    new PrivateBucket(this, "bucket", {
      stage: { ...account, stage: alias },
      role: "state",
      name,
      noncurrentDays: 90,
      statements: (bucketArn) => noLoss(account, bucketArn),
    });
  }
}

/** Terraform deletes its lock with every run, and its state never. */
function noLoss(
  { region, accountId, aliasRole }: AccountConfig,
  bucketArn: string,
): readonly DataAwsIamPolicyDocumentStatement[] {
  const partition = partitionOf(region);
  const pipelines = iamArn({ partition, accountId }, `role${pipelinePath}*`);
  const denial = {
    effect: "Deny",
    principals: [{ type: "*", identifiers: ["*"] }],
    condition: [
      {
        test: "ArnLike",
        variable: "aws:PrincipalArn",
        values:
          aliasRole === undefined
            ? [pipelines]
            : [pipelines, iamArn({ partition, accountId }, `role/${aliasRole.name}`)],
      },
    ],
  };
  return [
    { ...denial, sid: "NoPipelineDeletesState", actions: ["s3:DeleteObject"], resources: [`${bucketArn}/*.tfstate`] },
    {
      ...denial,
      sid: "NoPipelineDeletesVersions",
      actions: ["s3:DeleteBucket", "s3:DeleteObjectVersion"],
      resources: [bucketArn, `${bucketArn}/*`],
    },
  ];
}
