import { isIPv4 } from "node:net";
import { list, object, objects, text, type JsonObject } from "../../wire/json";
import { type DocumentCheck, type Refusal } from "../document";
import { invalidArgument as invalid, invalidRequest } from "../refusals";
import { isSet } from "../values";

const reservedPrefixes = ["xn--", "sthree-", "amzn-s3-demo-"];
const reservedSuffixes = ["-s3alias", "--ol-s3", ".mrap", "--table-s3"];

/** The name of a new bucket. */
export const bucketNames: DocumentCheck = {
  service: "s3",
  operations: ["CreateBucket"],
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
  check: ({ Bucket }) =>
    isBucketName(text(Bucket))
      ? undefined
      : { code: "InvalidBucketName", message: "The specified bucket is not valid." },
};

/** The access control list of a new bucket, which by default has none. */
export const newBucketAcls: DocumentCheck = {
  service: "s3",
  operations: ["CreateBucket"],
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html",
  check: ({ ACL, ObjectOwnership }) =>
    /^(|BucketOwnerEnforced)$/.test(text(ObjectOwnership)) && !/^(|private)$/.test(text(ACL))
      ? {
          code: "InvalidBucketAclWithObjectOwnership",
          message: "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
        }
      : undefined,
};

/** The key of a bucket's default encryption. */
export const bucketEncryption: DocumentCheck = {
  service: "s3",
  operations: ["PutBucketEncryption"],
  source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html",
  check: ({ ServerSideEncryptionConfiguration }) =>
    objects(object(ServerSideEncryptionConfiguration).Rules)
      .map(({ ApplyServerSideEncryptionByDefault }) => object(ApplyServerSideEncryptionByDefault))
      .some(({ SSEAlgorithm, KMSMasterKeyID }) => SSEAlgorithm === "AES256" && text(KMSMasterKeyID) !== "")
      ? invalid("a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse")
      : undefined,
};

/** The name of a bucket with Transfer Acceleration. */
export const acceleration: DocumentCheck = {
  service: "s3",
  operations: ["PutBucketAccelerateConfiguration"],
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/transfer-acceleration.html",
  check: ({ Bucket }) =>
    text(Bucket).includes(".")
      ? invalidRequest("S3 Transfer Acceleration is not supported for buckets with periods (.) in their names")
      : undefined,
};

/** What a bucket is as a website. */
export const websites: DocumentCheck = {
  service: "s3",
  operations: ["PutBucketWebsite"],
  source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_IndexDocument.html",
  check: ({ WebsiteConfiguration }) => indexDocument(object(WebsiteConfiguration)),
};

/** The origins and headers of a bucket's CORS rules. */
export const corsRules: DocumentCheck = {
  service: "s3",
  operations: ["PutBucketCors"],
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html",
  check: ({ CORSConfiguration }) =>
    objects(object(CORSConfiguration).CORSRules)
      .map(corsProblem)
      .find((refusal) => refusal !== undefined),
};

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_WebsiteConfiguration.html
function indexDocument(website: JsonObject): Refusal | undefined {
  const { IndexDocument, RedirectAllRequestsTo } = website;
  if (isSet(RedirectAllRequestsTo)) {
    return ["IndexDocument", "ErrorDocument", "RoutingRules"].some((name) => isSet(website[name]))
      ? invalid("RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.")
      : undefined;
  }
  const suffix = text(object(IndexDocument).Suffix);
  if (suffix === "") {
    return invalid("A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty");
  }
  return suffix.includes("/") ? invalid("The IndexDocument Suffix is not well formed") : undefined;
}

function corsProblem({ AllowedOrigins, AllowedHeaders, ExposeHeaders }: JsonObject): Refusal | undefined {
  const wide = [
    ["AllowedOrigin", AllowedOrigins],
    ["AllowedHeader", AllowedHeaders],
  ] as const;
  for (const [name, values] of wide) {
    const value = list(values)
      .map(text)
      .find((each) => each.split("*").length > 2);
    if (value !== undefined) return invalidRequest(`${name} "${value}" can not have more than one wildcard.`);
  }
  const header = list(ExposeHeaders)
    .map(text)
    .find((each) => each.includes("*"));
  return header === undefined
    ? undefined
    : invalidRequest(
        `ExposeHeader "${header}" contains wildcard. We currently do not support wildcard for ExposeHeader.`,
      );
}

function isBucketName(name: string): boolean {
  return (
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes("..") &&
    !isIPv4(name) &&
    !reservedPrefixes.some((prefix) => name.startsWith(prefix)) &&
    !reservedSuffixes.some((suffix) => name.endsWith(suffix))
  );
}
