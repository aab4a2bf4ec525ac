import { like } from "../iam/wildcard";
import { object, objects, text, type JsonObject, type JsonValue } from "../wire/json";
import { bucketPolicies } from "./bucket-policies";
import { isEveryone, isPublic, statementsOf, values } from "./policy-statements";
import type { RuleCall, RuleSet } from "./rule";

const service = "s3";

const noAcls = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html";
const blockPublicAccess =
  "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html";

/** Rules of S3 on the access to buckets, their versions, and what they notify. */
export function s3(): RuleSet {
  return {
    rules: [
      ...bucketPolicies,
      {
        name: "bucket-without-acls",
        service,
        operations: ["PutBucketAcl", "PutObjectAcl", "PutObject", "CopyObject", "CreateMultipartUpload"],
        code: "AccessControlListNotSupported",
        rule: "A bucket whose owner owns all objects, which is the default, has no access control lists.",
        source: noAcls,
        refuse: async (call) =>
          hasAcl(call.input) && (await ownershipOf(call)) === "BucketOwnerEnforced"
            ? "The bucket does not allow ACLs"
            : undefined,
      },
      {
        name: "public-acl-blocked",
        service,
        operations: ["PutBucketAcl", "PutObjectAcl", "PutObject"],
        code: "AccessDenied",
        status: 403,
        rule: "A bucket with Block Public Access, which is the default, takes no public access control list.",
        source: blockPublicAccess,
        refuse: async (call) =>
          /^(public-|authenticated-read)/.test(text(call.input.ACL)) && (await blockOf(call)).BlockPublicAcls === true
            ? "Access Denied: public access control lists are prevented by the BlockPublicAcls setting in S3 Block Public Access."
            : undefined,
      },
      {
        name: "public-policy-blocked",
        service,
        operations: ["PutBucketPolicy"],
        code: "AccessDenied",
        status: 403,
        rule: "A bucket with Block Public Access, which is the default, takes no policy for everyone.",
        source: blockPublicAccess,
        refuse: async (call) =>
          statementsOf(call.input.Policy).some(isPublic) && (await blockOf(call)).BlockPublicPolicy === true
            ? `User is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::${text(call.input.Bucket)}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`
            : undefined,
      },
      {
        name: "versioning-of-locked-bucket",
        service,
        operations: ["PutBucketVersioning"],
        code: "InvalidBucketState",
        status: 409,
        rule: "The versioning of a bucket with Object Lock cannot be suspended.",
        source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html",
        refuse: async ({ input, ask }) => {
          if (object(input.VersioningConfiguration).Status !== "Suspended") return undefined;
          const { ObjectLockConfiguration } = await ask("GetObjectLockConfiguration", { Bucket: input.Bucket });
          return object(ObjectLockConfiguration).ObjectLockEnabled === "Enabled"
            ? "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed."
            : undefined;
        },
      },
      {
        name: "object-key-not-found",
        service,
        operations: ["PutObject", "CopyObject", "CreateMultipartUpload"],
        code: "KMS.NotFoundException",
        rule: "The KMS key that a request names for an object exists.",
        source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
        refuse: async ({ input, ask, account, region }) => {
          const KeyId = text(input.SSEKMSKeyId);
          const isOther = KeyId.startsWith("arn:") && !KeyId.includes(`:${region}:${account}:`);
          // The keys of other accounts cannot be read, and that of S3 itself is made at its first use.
          if (KeyId === "" || isOther || KeyId.endsWith("alias/aws/s3")) return undefined;
          const { KeyMetadata } = await ask("DescribeKey", { KeyId }, "kms");
          return KeyMetadata === undefined ? `Invalid keyId '${KeyId}'` : undefined;
        },
      },
      {
        name: "notification-destination-policy",
        service,
        operations: ["PutBucketNotificationConfiguration"],
        code: "InvalidArgument",
        rule: "The policy of a queue, topic or function that a bucket notifies must allow s3.amazonaws.com to send.",
        source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html",
        refuse: async (call) => {
          if (call.input.SkipDestinationValidation === true) return undefined;
          const { QueueConfigurations, TopicConfigurations, LambdaFunctionConfigurations } = object(
            call.input.NotificationConfiguration,
          );
          const all = [
            ...objects(QueueConfigurations).map(({ QueueArn }) => QueueArn),
            ...objects(TopicConfigurations).map(({ TopicArn }) => TopicArn),
            ...objects(LambdaFunctionConfigurations).map(({ LambdaFunctionArn }) => LambdaFunctionArn),
          ];
          for (const arn of all) {
            if (!(await letsS3Send(call, text(arn)))) {
              return "Unable to validate the following destination configurations";
            }
          }
          return undefined;
        },
      },
      {
        name: "notification-destination-not-found",
        service,
        operations: ["PutBucketNotificationConfiguration"],
        code: "InvalidArgument",
        rule: "The queues and topics that a bucket notifies must exist.",
        source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html",
        refuse: async (call) => {
          const { QueueConfigurations, TopicConfigurations } = object(call.input.NotificationConfiguration);
          const queues = objects(QueueConfigurations).map(({ QueueArn }) => QueueArn);
          const topics = objects(TopicConfigurations).map(({ TopicArn }) => TopicArn);
          for (const arn of [...queues, ...topics]) {
            if (!(await exists(call, arn))) return "Unable to validate the following destination configurations";
          }
          return undefined;
        },
      },
    ],
  };
}

async function exists({ ask, account, region }: RuleCall, arn: JsonValue): Promise<boolean> {
  const [, , destination = "", ofRegion, ofAccount, name] = text(arn).split(":");
  // The resources of other accounts and Regions cannot be read.
  if (ofAccount !== account || ofRegion !== region) return true;
  return destination === "sqs"
    ? (await ask("GetQueueUrl", { QueueName: name }, "sqs")).QueueUrl !== undefined
    : (await ask("GetTopicAttributes", { TopicArn: arn }, "sns")).Attributes !== undefined;
}

function hasAcl({ ACL, GrantRead, GrantReadACP, GrantWrite, GrantWriteACP, GrantFullControl }: JsonObject): boolean {
  return (
    [GrantRead, GrantReadACP, GrantWrite, GrantWriteACP, GrantFullControl].some((grant) => text(grant) !== "") ||
    !["", "bucket-owner-full-control"].includes(text(ACL))
  );
}

async function ownershipOf({ input, ask }: RuleCall): Promise<string> {
  const { OwnershipControls } = await ask("GetBucketOwnershipControls", { Bucket: input.Bucket });
  return text(objects(object(OwnershipControls).Rules)[0]?.ObjectOwnership);
}

async function blockOf({ input, ask }: RuleCall): Promise<JsonObject> {
  return object((await ask("GetPublicAccessBlock", { Bucket: input.Bucket })).PublicAccessBlockConfiguration);
}

async function letsS3Send({ ask, account, region }: RuleCall, arn: string): Promise<boolean> {
  const [, , destination = "", ofRegion, ofAccount, name = "", functionName = ""] = arn.split(":");
  // The policies of other accounts and Regions cannot be read.
  if (ofAccount !== account || ofRegion !== region) return true;
  if (destination === "sqs") {
    const { QueueUrl } = await ask("GetQueueUrl", { QueueName: name }, "sqs");
    const { Attributes } = await ask("GetQueueAttributes", { QueueUrl, AttributeNames: ["Policy"] }, "sqs");
    return allowsS3(object(Attributes).Policy, "sqs:sendmessage");
  }
  if (destination === "sns") {
    const { Attributes } = await ask("GetTopicAttributes", { TopicArn: arn }, "sns");
    return allowsS3(object(Attributes).Policy, "sns:publish");
  }
  const { Policy } = await ask("GetPolicy", { FunctionName: functionName }, "lambda");
  return allowsS3(Policy, "lambda:invokefunction");
}

/** Whether a policy lets S3 send; of its conditions, one on the owner of the source is what S3 does not meet. */
function allowsS3(policy: JsonValue, action: string): boolean {
  return statementsOf(policy).some(({ Effect, Action, NotAction, Principal, Condition }) => {
    const services = values(object(Principal).Service).map(text);
    const isS3 = isEveryone(Principal) || services.some((name) => name === "s3.amazonaws.com" || name === "*");
    const isAction = NotAction !== undefined || values(Action).some((name) => like(text(name).toLowerCase(), action));
    const keys = Object.values(object(Condition)).flatMap((operator) => Object.keys(object(operator)));
    return Effect === "Allow" && isS3 && isAction && !keys.some((key) => key.toLowerCase() === "aws:sourceowner");
  });
}
