import { each, type Rules } from "../rule";
import { deniesPlainText } from "./statements";

const flags = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];

/** S3 buckets. */
export const bucketRules = {
  "bucket-private": {
    severity: "high",
    why: "One policy by mistake must not be enough to publish a bucket.",
    source: "CKV_AWS_53, CKV_AWS_54, CKV_AWS_55, CKV_AWS_56",
    mend: "add an aws_s3_bucket_public_access_block with all four flags",
    check: each("aws_s3_bucket", (bucket, stack) => {
      const blocked = stack
        .usersOf(bucket, "aws_s3_bucket_public_access_block")
        .some((block) => flags.every((flag) => block.get(flag) === true));
      return !blocked && "can be made public";
    }),
  },
  "bucket-tls": {
    severity: "medium",
    why: "S3 still answers over HTTP.",
    source: "S3.5",
    mend: "deny what has aws:SecureTransport false",
    check: each(
      "aws_s3_bucket",
      (bucket, stack) => !deniesPlainText(stack, bucket, "aws_s3_bucket_policy") && "is read and written in clear text",
    ),
  },
  "bucket-owner": {
    severity: "medium",
    why: "By access control lists an object may belong to another account than its bucket.",
    source: "CKV2_AWS_65, S3.12",
    mend: "add aws_s3_bucket_ownership_controls with BucketOwnerEnforced",
    check: each("aws_s3_bucket", (bucket, stack) => {
      const enforced = stack
        .usersOf(bucket, "aws_s3_bucket_ownership_controls")
        .some((controls) => controls.get("rule.object_ownership") === "BucketOwnerEnforced");
      return !enforced && "holds objects of other owners";
    }),
  },
  "bucket-versions": {
    severity: "medium",
    why: "What is overwritten by mistake is lost without versions.",
    source: "CKV_AWS_21",
    mend: "add aws_s3_bucket_versioning with status Enabled",
    check: each("aws_s3_bucket", (bucket, stack) => {
      const kept = stack
        .usersOf(bucket, "aws_s3_bucket_versioning")
        .some((versioning) => versioning.get("versioning_configuration.status") === "Enabled");
      return !kept && "forgets what is overwritten";
    }),
  },
  "bucket-lifecycle": {
    severity: "low",
    why: "Parts of uploads that were never completed are stored, unseen, for ever.",
    source: "CKV_AWS_300, S3.13",
    mend: "add an aws_s3_bucket_lifecycle_configuration with abort_incomplete_multipart_upload",
    check: each("aws_s3_bucket", (bucket, stack) => {
      const aborted = stack
        .usersOf(bucket, "aws_s3_bucket_lifecycle_configuration")
        .flatMap((lifecycle) => lifecycle.blocks("rule"))
        .some((rule) => rule.get("status") === "Enabled" && rule.has("abort_incomplete_multipart_upload"));
      return !aborted && "keeps parts of uploads for ever";
    }),
  },
  "bucket-encrypted": {
    severity: "medium",
    why: "A bucket says by itself how its objects are encrypted.",
    source: "CKV_AWS_19, CKV_AWS_145",
    mend: "add an aws_s3_bucket_server_side_encryption_configuration",
    check: each("aws_s3_bucket", (bucket, stack) => {
      const encrypted = stack
        .usersOf(bucket, "aws_s3_bucket_server_side_encryption_configuration")
        .flatMap((encryption) => encryption.blocks("rule"))
        .some((rule) => rule.has("apply_server_side_encryption_by_default.sse_algorithm"));
      return !encrypted && "does not say how it is encrypted";
    }),
  },
  "bucket-name": {
    severity: "medium",
    why: "Terraform plans names that S3 refuses.",
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
    mend: "write 3 to 63 lower-case letters, digits and dashes",
    check: each("aws_s3_bucket", (bucket) => {
      const name = bucket.text("bucket");
      if (name === "" || name.includes("${")) return false;
      const valid =
        /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !/\.\.|^xn--|^\d+(?:\.\d+){3}$|-s3alias$/.test(name);
      return !valid && `is named "${name}"`;
    }),
  },
} satisfies Rules;
