import {
  DataAwsIamPolicyDocument,
  type DataAwsIamPolicyDocumentStatement,
} from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketCorsConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-cors-configuration";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { bucketName, type Named } from "../naming";
import type { BackedUp } from "./backup/backed-up";

export interface PrivateBucketProps {
  readonly stage: Named & { readonly accountId: string };
  /** What the bucket is for, such as `uploads`. */
  readonly role: string;
  /** @default - made of the stage and the role */
  readonly name?: string;
  /** Age at which objects are deleted, in days. @default - kept */
  readonly expirationDays?: number;
  /** Time for which an overwritten or deleted object is kept, in days. @default 30 */
  readonly noncurrentDays?: number;
  /** Origins whose pages may read and write objects by signed addresses. @default [] */
  readonly corsOrigins?: readonly string[];
  /** Whether destroying the stage may delete objects with it. @default false */
  readonly forceDelete?: boolean;
  /** Who may do what, beside the account's own roles. @default - nobody else anything */
  readonly statements?: (bucketArn: string) => readonly DataAwsIamPolicyDocumentStatement[];
}

/** A bucket that nobody outside the account reaches, encrypted, versioned, and reached by TLS 1.2 or newer only. */
export class PrivateBucket extends Construct {
  public readonly arn: string;
  public readonly name: string;
  public readonly backedUp: BackedUp;
  /** For what must not use the bucket before it is guarded. */
  public readonly guards: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    const { stage, role, name = bucketName(stage, role), forceDelete = false, corsOrigins = [] } = props;
    const bucket = new S3Bucket(this, "bucket", { bucket: name, forceDestroy: forceDelete });
    this.arn = bucket.arn;
    this.name = bucket.id;
    this.backedUp = { kind: "bucket", arn: bucket.arn };
    const accessBlock = new S3BucketPublicAccessBlock(this, "access-block", {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const ownership = new S3BucketOwnershipControls(this, "ownership", {
      bucket: bucket.id,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket: bucket.id,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
    const versioning = new S3BucketVersioningA(this, "versioning", {
      bucket: bucket.id,
      versioningConfiguration: { status: "Enabled" },
    });
    this.keepTidy(props, versioning);
    if (corsOrigins.length > 0) {
      new S3BucketCorsConfiguration(this, "cors", {
        bucket: bucket.id,
        corsRule: [
          {
            allowedMethods: ["GET", "HEAD", "PUT"],
            allowedOrigins: [...corsOrigins],
            allowedHeaders: ["*"],
            exposeHeaders: ["ETag"],
          },
        ],
      });
    }
    // S3 takes one change of a bucket's access at a time.
    this.guards = [ownership, this.policy(props, accessBlock)];
  }

  private keepTidy(
    { expirationDays, noncurrentDays = 30 }: PrivateBucketProps,
    versioning: ITerraformDependable,
  ): void {
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket: this.name,
      rule: [
        {
          id: "tidy",
          status: "Enabled",
          filter: [{ prefix: "" }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
          noncurrentVersionExpiration: [{ noncurrentDays }],
          ...(expirationDays !== undefined && { expiration: [{ days: expirationDays }] }),
        },
      ],
      dependsOn: [versioning],
    });
  }

  private policy({ statements }: PrivateBucketProps, accessBlock: ITerraformDependable): S3BucketPolicy {
    const denial = {
      effect: "Deny",
      actions: ["s3:*"],
      resources: [this.arn, `${this.arn}/*`],
      principals: [{ type: "*", identifiers: ["*"] }],
    };
    const document = new DataAwsIamPolicyDocument(this, "access", {
      statement: [
        {
          ...denial,
          sid: "OnlyTls",
          condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
        },
        {
          ...denial,
          // https://repost.aws/knowledge-center/s3-enforce-modern-tls
          sid: "OnlyTls12OrNewer",
          condition: [{ test: "NumericLessThan", variable: "s3:TlsVersion", values: ["1.2"] }],
        },
        ...(statements?.(this.arn) ?? []),
      ],
    });
    return new S3BucketPolicy(this, "policy", { bucket: this.name, policy: document.json, dependsOn: [accessBlock] });
  }
}
