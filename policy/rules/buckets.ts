import { each, type Rules } from "../rule";
import { deniesPlainHttp } from "./statements";

const flags = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];

/** S3 buckets. */
export const bucketRules = {
  "bucket-public-access": {
    severity: "high",
    rationale: "Without a public access block one wrong policy or ACL publishes a bucket.",
    source: "CKV_AWS_53, CKV_AWS_54, CKV_AWS_55, CKV_AWS_56",
    remediation: "add an aws_s3_bucket_public_access_block with all four flags",
    check: each("aws_s3_bucket", (bucket, stack) => {
      const blocked = stack
        .usersOf(bucket, "aws_s3_bucket_public_access_block")
        .some((block) => flags.every((flag) => block.get(flag) === true));
      return !blocked && "does not block public access";
    }),
  },
  "bucket-tls": {
    severity: "medium",
    rationale: "S3 accepts requests over plain HTTP, which can be read and modified in transit.",
    source: "S3.5",
    remediation: "add a bucket policy that denies requests with aws:SecureTransport false",
    check: each(
      "aws_s3_bucket",
      (bucket, stack) => !deniesPlainHttp(stack, bucket, "aws_s3_bucket_policy") && "accepts requests without TLS",
    ),
  },
  "bucket-ownership": {
    severity: "medium",
    rationale: "With ACLs the objects of a bucket can belong to another account.",
    source: "CKV2_AWS_65, S3.12",
    remediation: "add aws_s3_bucket_ownership_controls with BucketOwnerEnforced",
    check: each("aws_s3_bucket", (bucket, stack) => {
      const enforced = stack
        .usersOf(bucket, "aws_s3_bucket_ownership_controls")
        .some((controls) => controls.get("rule.object_ownership") === "BucketOwnerEnforced");
      return !enforced && "does not enforce its ownership of objects";
    }),
  },
  "bucket-versioning": {
    severity: "medium",
    rationale: "An overwritten or deleted object can be restored only from an earlier version.",
    source: "CKV_AWS_21",
    remediation: "add aws_s3_bucket_versioning with status Enabled",
    check: each("aws_s3_bucket", (bucket, stack) => {
      const enabled = stack
        .usersOf(bucket, "aws_s3_bucket_versioning")
        .some((versioning) => versioning.get("versioning_configuration.status") === "Enabled");
      return !enabled && "does not enable versioning";
    }),
  },
  "bucket-lifecycle": {
    severity: "low",
    rationale:
      "Parts of incomplete multipart uploads are stored and billed indefinitely, and listings do not show them.",
    source: "CKV_AWS_300, S3.13",
    remediation: "add an aws_s3_bucket_lifecycle_configuration with abort_incomplete_multipart_upload",
    check: each("aws_s3_bucket", (bucket, stack) => {
      const aborts = stack
        .usersOf(bucket, "aws_s3_bucket_lifecycle_configuration")
        .flatMap((lifecycle) => lifecycle.blocks("rule"))
        .some((rule) => rule.get("status") === "Enabled" && rule.has("abort_incomplete_multipart_upload"));
      return !aborts && "does not delete incomplete uploads";
    }),
  },
  "bucket-encryption": {
    severity: "medium",
    rationale: "An explicit configuration documents which key encrypts the objects of a bucket.",
    source: "CKV_AWS_19, CKV_AWS_145",
    remediation: "add an aws_s3_bucket_server_side_encryption_configuration",
    check: each("aws_s3_bucket", (bucket, stack) => {
      const configured = stack
        .usersOf(bucket, "aws_s3_bucket_server_side_encryption_configuration")
        .flatMap((encryption) => encryption.blocks("rule"))
        .some((rule) => rule.has("apply_server_side_encryption_by_default.sse_algorithm"));
      return !configured && "does not configure encryption";
    }),
  },
  "bucket-name": {
    severity: "medium",
    rationale: "S3 rejects names that break its naming rules, which Terraform does not validate.",
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
    remediation: "set bucket to 3 to 63 lower-case letters, digits and dashes",
    check: each("aws_s3_bucket", (bucket) => {
      const name = bucket.text("bucket");
      if (name === "" || name.includes("${")) return false;
      const valid =
        /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !/\.\.|^xn--|^\d+(?:\.\d+){3}$|-s3alias$/.test(name);
      return !valid && `has the invalid name "${name}"`;
    }),
  },
} satisfies Rules;
