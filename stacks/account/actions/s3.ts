import type { ArnScope } from "../../arn";
import { bucketName } from "../../naming";
import type { ActionTable } from "./table";

const bucket = (scope: ArnScope) => [`arn:${scope.partition}:s3:::${bucketName(scope, "*")}`];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
export const s3: ActionTable = {
  aws_s3_bucket: {
    create: ["s3:CreateBucket", "s3:PutBucketTagging", "s3:TagResource"],
    read: [
      "s3:GetAccelerateConfiguration",
      "s3:GetBucketAcl",
      "s3:GetBucketCORS",
      "s3:GetBucketLogging",
      "s3:GetBucketObjectLockConfiguration",
      "s3:GetBucketPolicy",
      "s3:GetBucketRequestPayment",
      "s3:GetBucketTagging",
      "s3:GetBucketVersioning",
      "s3:GetBucketWebsite",
      "s3:GetEncryptionConfiguration",
      "s3:GetLifecycleConfiguration",
      "s3:GetReplicationConfiguration",
      "s3:ListBucket",
      "s3:ListTagsForResource",
    ],
    update: ["s3:PutBucketTagging", "s3:TagResource", "s3:UntagResource"],
    // With `forceDelete`, objects are deleted with the bucket.
    delete: ["s3:DeleteBucket", "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:ListBucketVersions"],
    on: (scope) => bucket(scope).flatMap((arn) => [arn, `${arn}/*`]),
  },
  aws_s3_bucket_cors_configuration: {
    create: ["s3:PutBucketCORS"],
    read: ["s3:GetBucketCORS"],
    update: ["s3:PutBucketCORS"],
    delete: ["s3:PutBucketCORS"],
    on: bucket,
  },
  aws_s3_bucket_lifecycle_configuration: {
    create: ["s3:PutLifecycleConfiguration"],
    read: ["s3:GetLifecycleConfiguration"],
    update: ["s3:PutLifecycleConfiguration"],
    delete: ["s3:PutLifecycleConfiguration"],
    on: bucket,
  },
  aws_s3_bucket_ownership_controls: {
    create: ["s3:PutBucketOwnershipControls"],
    read: ["s3:GetBucketOwnershipControls"],
    update: ["s3:PutBucketOwnershipControls"],
    delete: ["s3:PutBucketOwnershipControls"],
    on: bucket,
  },
  aws_s3_bucket_policy: {
    create: ["s3:PutBucketPolicy"],
    read: ["s3:GetBucketPolicy"],
    update: ["s3:PutBucketPolicy"],
    delete: ["s3:DeleteBucketPolicy"],
    on: bucket,
  },
  aws_s3_bucket_public_access_block: {
    create: ["s3:PutBucketPublicAccessBlock"],
    read: ["s3:GetBucketPublicAccessBlock"],
    update: ["s3:PutBucketPublicAccessBlock"],
    delete: ["s3:PutBucketPublicAccessBlock"],
    on: bucket,
  },
  aws_s3_bucket_server_side_encryption_configuration: {
    create: ["s3:PutEncryptionConfiguration"],
    read: ["s3:GetEncryptionConfiguration"],
    update: ["s3:PutEncryptionConfiguration"],
    delete: ["s3:PutEncryptionConfiguration"],
    on: bucket,
  },
  aws_s3_bucket_versioning: {
    create: ["s3:PutBucketVersioning"],
    read: ["s3:GetBucketVersioning"],
    update: ["s3:PutBucketVersioning"],
    delete: ["s3:PutBucketVersioning"],
    on: bucket,
  },
};
