import { text } from "../wire/json";
import { arnIn, type ModelledCall } from "./call";
import { tagsIn } from "./input";
import { scalarsAt } from "./request-keys";

/** Condition keys with the member of the API model that has their value. */
const members: Readonly<Record<string, string>> = {
  delimiter: "Delimiter",
  "if-match": "IfMatch",
  "if-none-match": "IfNoneMatch",
  locationconstraint: "CreateBucketConfiguration.LocationConstraint",
  "max-keys": "MaxKeys",
  "object-lock-legal-hold": "ObjectLockLegalHoldStatus",
  "object-lock-mode": "ObjectLockMode",
  "object-lock-retain-until-date": "ObjectLockRetainUntilDate",
  prefix: "Prefix",
  versionid: "VersionId",
  "x-amz-acl": "ACL",
  "x-amz-copy-source": "CopySource",
  "x-amz-grant-full-control": "GrantFullControl",
  "x-amz-grant-read": "GrantRead",
  "x-amz-grant-read-acp": "GrantReadACP",
  "x-amz-grant-write": "GrantWrite",
  "x-amz-grant-write-acp": "GrantWriteACP",
  "x-amz-metadata-directive": "MetadataDirective",
  "x-amz-object-ownership": "ObjectOwnership",
  "x-amz-server-side-encryption": "ServerSideEncryption",
  "x-amz-server-side-encryption-customer-algorithm": "SSECustomerAlgorithm",
  "x-amz-storage-class": "StorageClass",
  "x-amz-website-redirect-location": "WebsiteRedirectLocation",
};

/**
 * The condition keys of Amazon S3 that a request states.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
export function s3Context(call: ModelledCall): Record<string, readonly string[] | string | undefined> {
  const { input, account } = call;
  const stated = Object.entries(members).map(([key, member]): [string, readonly string[] | undefined] => {
    const values = scalarsAt(input, member);
    return [`s3:${key}`, values.length > 0 ? values : undefined];
  });
  // A header, or the body of PutObjectTagging.
  const { Tagging: tagging } = input;
  const tags =
    typeof tagging === "string" ? [...new URLSearchParams(tagging)] : Object.entries(tagsIn({ Tagging: tagging }));
  const key = text(input.SSEKMSKeyId);
  return {
    ...Object.fromEntries(stated),
    ...Object.fromEntries(tags.map(([name, value]) => [`s3:RequestObjectTag/${name}`, value])),
    "s3:RequestObjectTagKeys": tags.length > 0 ? tags.map(([name]) => name) : undefined,
    "s3:ResourceAccount": account,
    // A client of the real AWS uses TLS and signs its requests in the header.
    "s3:TlsVersion": "1.3",
    "s3:authType": "REST-HEADER",
    "s3:signatureversion": "AWS4-HMAC-SHA256",
    // S3 compares with the ARN of the key.
    "s3:x-amz-server-side-encryption-aws-kms-key-id":
      key === ""
        ? undefined
        : key.startsWith("arn:")
          ? key
          : arnIn(call, "kms", key.startsWith("alias/") ? key : `key/${key}`),
  };
}
