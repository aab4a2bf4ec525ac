import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { Construct } from "constructs";
import type { AccountConfig } from "../../schema";
import { partitionOf } from "../../schema/regions";
import { iamArn } from "../arn";
import { PrivateBucket } from "../data/private-bucket";
import { pipelinePath } from "./boundaries";

/** Terraform address of the bucket in the stack of an account. */
export const stateBucketAddress = "aws_s3_bucket.state";

/** The bucket for Terraform's state. Overwritten versions stay for 90 days; pipelines cannot delete state. */
export class StateBucket extends Construct {
  constructor(scope: Construct, id: string, account: AccountConfig) {
    super(scope, id);
    const { alias, stateBucket: name } = account;
    new PrivateBucket(this, "bucket", {
      stage: { ...account, stage: alias },
      role: "state",
      name,
      noncurrentDays: 90,
      statements: (bucketArn) => denyDeletion(account, bucketArn),
    });
  }
}

/** Terraform deletes its lock file with every run, but never its state. */
function denyDeletion(
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
