import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeletePublicAccessBlockCommand,
  GetBucketEncryptionCommand,
  GetBucketOwnershipControlsCommand,
  GetPublicAccessBlockCommand,
  PutBucketAclCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
  type BucketCannedACL,
  type Event,
  type ObjectOwnership,
} from "@aws-sdk/client-s3";
import { CreateTopicCommand, SetTopicAttributesCommand, SNSClient } from "@aws-sdk/client-sns";
import { CreateQueueCommand, GetQueueUrlCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { emulatorForSuite, refusal } from "../running-emulator";

describe("S3", () => {
  const aws = emulatorForSuite({ roles: [{ arn: "arn:aws:iam::444455556666:role/other" }] });
  const region = "eu-west-1";
  const s3 = (settings = {}) => new S3Client({ ...aws.client(region), ...settings });
  const location = { CreateBucketConfiguration: { LocationConstraint: region } } as const;
  const create = (Bucket: string, settings = {}) => s3(settings).send(new CreateBucketCommand({ Bucket, ...location }));
  const put = (Bucket: string, settings = {}) =>
    s3().send(new PutObjectCommand({ Bucket, Key: "key", Body: "text", ...settings }));
  const remove = (Bucket: string) => s3().send(new DeleteBucketCommand({ Bucket }));

  it("refuses a bucket that the account owns [bucket-owned]", async () => {
    expect(await refusal(create("own-taken"))).toBe("");
    expect(await refusal(create("own-taken"))).toBe("BucketAlreadyOwnedByYou");
  });

  it("refuses a bucket that another account owns [bucket-exists]", async () => {
    await create("own-other");
    const role = { RoleArn: "arn:aws:iam::444455556666:role/other", RoleSessionName: "other" };
    const { Credentials } = await new STSClient(aws.client()).send(new AssumeRoleCommand(role));
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken,
    };
    expect(await refusal(create("own-other", { credentials }))).toBe("BucketAlreadyExists");
    expect(await refusal(create("own-third", { credentials }))).toBe("");
  });

  it("refuses to delete a bucket with objects [bucket-not-empty]", async () => {
    await create("own-full");
    await put("own-full");
    expect(await refusal(remove("own-full"))).toBe("BucketNotEmpty");
    await s3().send(new DeleteObjectCommand({ Bucket: "own-full", Key: "key" }));
    expect(await refusal(remove("own-full"))).toBe("");
  });

  it("refuses to delete a bucket with old versions of objects [bucket-not-empty]", async () => {
    const Bucket = "own-versions";
    await create(Bucket);
    const VersioningConfiguration = { Status: "Enabled" } as const;
    await s3().send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
    await put(Bucket);
    await s3().send(new DeleteObjectCommand({ Bucket, Key: "key" }));
    expect(await refusal(remove(Bucket))).toBe("BucketNotEmpty");
  });

  it("refuses an object with a key that does not exist [object-key-not-found]", async () => {
    await create("own-keys");
    const write = (SSEKMSKeyId?: string) => refusal(put("own-keys", { ServerSideEncryption: "aws:kms", SSEKMSKeyId }));
    const { KeyMetadata } = await new KMSClient(aws.client(region)).send(new CreateKeyCommand({}));
    expect(await write("alias/lost")).toBe("KMS.NotFoundException");
    expect(await write(KeyMetadata?.Arn?.replace(/.{12}$/, "000000000000"))).toBe("KMS.NotFoundException");
    for (const key of [KeyMetadata?.Arn, "alias/aws/s3", undefined]) expect(await write(key)).toBe("");
  });

  it("refuses a second lock file [object-exists]", async () => {
    await create("own-locks");
    expect(await refusal(put("own-locks", { IfNoneMatch: "*" }))).toBe("");
    expect(await refusal(put("own-locks", { IfNoneMatch: "*" }))).toBe("PreconditionFailed");
  });

  describe("the access to a bucket", () => {
    const arn = (name: string) => `arn:aws:s3:::${name}/*`;
    const putPolicy = (Bucket: string, statement = {}) => {
      const allow = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: arn(Bucket), ...statement };
      const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [allow] });
      return s3().send(new PutBucketPolicyCommand({ Bucket, Policy }));
    };
    const setAcl = (Bucket: string, ACL: BucketCannedACL) => s3().send(new PutBucketAclCommand({ Bucket, ACL }));
    const own = (Bucket: string, ObjectOwnership: ObjectOwnership) => {
      const OwnershipControls = { Rules: [{ ObjectOwnership }] };
      return s3().send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }));
    };

    it("is that of AWS's defaults, until they are deleted", async () => {
      const Bucket = "own-defaults";
      await create(Bucket);
      const { PublicAccessBlockConfiguration } = await s3().send(new GetPublicAccessBlockCommand({ Bucket }));
      expect(PublicAccessBlockConfiguration).toEqual({
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      });
      const { OwnershipControls } = await s3().send(new GetBucketOwnershipControlsCommand({ Bucket }));
      expect(OwnershipControls).toEqual({ Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] });
      const encryption = await s3().send(new GetBucketEncryptionCommand({ Bucket }));
      expect(encryption.ServerSideEncryptionConfiguration?.Rules).toEqual([
        { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: false },
      ]);
      expect(await refusal(s3().send(new GetBucketEncryptionCommand({ Bucket: "own-unknown" })))).toBe("NoSuchBucket");
      await s3().send(new DeletePublicAccessBlockCommand({ Bucket }));
      const deleted = refusal(s3().send(new GetPublicAccessBlockCommand({ Bucket })));
      expect(await deleted).toBe("NoSuchPublicAccessBlockConfiguration");
    });

    it("refuses access control lists of a bucket whose owner owns all objects [bucket-without-acls]", async () => {
      await create("own-acls");
      expect(await refusal(setAcl("own-acls", "private"))).toBe("AccessControlListNotSupported");
      expect(await refusal(put("own-acls", { ACL: "private" }))).toBe("AccessControlListNotSupported");
      expect(await refusal(put("own-acls", { ACL: "bucket-owner-full-control" }))).toBe("");
      await own("own-acls", "BucketOwnerPreferred");
      expect(await refusal(setAcl("own-acls", "private"))).toBe("");
    });

    it("takes the canned access control list of a bucket for access logs", async () => {
      await create("own-logs");
      await own("own-logs", "BucketOwnerPreferred");
      // The SDK's type lacks it, as AWS's model does.
      expect(await refusal(setAcl("own-logs", "log-delivery-write" as BucketCannedACL))).toBe("");
      expect(await refusal(setAcl("own-logs", "log-delivery" as BucketCannedACL))).toBe("MalformedXML");
    });

    it("refuses a public access control list while Block Public Access is on [public-acl-blocked]", async () => {
      await create("own-public-acl");
      await own("own-public-acl", "ObjectWriter");
      expect(await refusal(setAcl("own-public-acl", "public-read"))).toBe("AccessDenied");
      await s3().send(new DeletePublicAccessBlockCommand({ Bucket: "own-public-acl" }));
      expect(await refusal(setAcl("own-public-acl", "public-read"))).toBe("");
    });

    it("refuses a policy for everyone while Block Public Access is on [public-policy-blocked]", async () => {
      const Bucket = "own-public";
      await create(Bucket);
      expect(await refusal(putPolicy(Bucket))).toBe("AccessDenied");
      expect(await refusal(putPolicy(Bucket, { Condition: { Bool: { "aws:SecureTransport": "true" } } }))).toBe(
        "AccessDenied",
      );
      const from = (...ranges: string[]) => ({ Condition: { IpAddress: { "aws:SourceIp": ranges } } });
      for (const range of ["0.0.0.0/0", "::/0", "64.0.0.0/7"]) {
        expect(await refusal(putPolicy(Bucket, from("192.0.2.0/24", range)))).toBe("AccessDenied");
      }
      expect(await refusal(putPolicy(Bucket, from("192.0.2.0/24", "10.0.0.0/8", "203.0.113.7", "2001:db8::/32")))).toBe(
        "",
      );
      const organization = { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdef1234" } } };
      expect(await refusal(putPolicy(Bucket, organization))).toBe("");
      const insecure = { Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } };
      expect(await refusal(putPolicy(Bucket, insecure))).toBe("");
      const PublicAccessBlockConfiguration = { BlockPublicAcls: true, BlockPublicPolicy: false };
      await s3().send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
      expect(await refusal(putPolicy(Bucket))).toBe("");
    });

    it("refuses to suspend the versioning of a bucket with Object Lock [versioning-of-locked-bucket]", async () => {
      const suspend = (Bucket: string) =>
        s3().send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } }));
      await s3().send(new CreateBucketCommand({ Bucket: "own-locked", ...location, ObjectLockEnabledForBucket: true }));
      await create("own-unlocked");
      expect(await refusal(suspend("own-locked"))).toBe("InvalidBucketState");
      expect(await refusal(suspend("own-unlocked"))).toBe("");
    });
  });

  describe("notifications of a bucket", () => {
    const Bucket = "own-notifications";
    const queues = () => new SQSClient(aws.client(region));
    const topics = () => new SNSClient(aws.client(region));
    const arnOf = (service: string, name: string) => `arn:aws:${service}:${region}:111122223333:${name}`;
    const notify = (service: "sqs" | "sns", name: string) => {
      const Events: Event[] = ["s3:ObjectCreated:*"];
      const arn = arnOf(service, name);
      const NotificationConfiguration =
        service === "sqs"
          ? { QueueConfigurations: [{ QueueArn: arn, Events }] }
          : { TopicConfigurations: [{ TopicArn: arn, Events }] };
      return s3().send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
    };
    const policy = (Action: string, Resource: string, Service = "s3.amazonaws.com") =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service },
            Action,
            Resource,
            Condition: { ArnLike: { "aws:SourceArn": `arn:aws:s3:::${Bucket}` } },
          },
        ],
      });

    beforeAll(async () => {
      await create(Bucket);
      for (const QueueName of ["events", "closed"]) await queues().send(new CreateQueueCommand({ QueueName }));
      for (const Name of ["events", "closed"]) await topics().send(new CreateTopicCommand({ Name }));
      const Policy = policy("SQS:SendMessage*", arnOf("sqs", "events"));
      const { QueueUrl } = await queues().send(new GetQueueUrlCommand({ QueueName: "events" }));
      await queues().send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
      const TopicArn = arnOf("sns", "events");
      const attribute = { AttributeName: "Policy", AttributeValue: policy("sns:Publish", TopicArn) };
      await topics().send(new SetTopicAttributesCommand({ TopicArn, ...attribute }));
    });

    it("are refused for a queue or topic that does not exist [notification-destination-not-found]", async () => {
      expect(await refusal(notify("sqs", "unknown"))).toBe("InvalidArgument");
      expect(await refusal(notify("sns", "unknown"))).toBe("InvalidArgument");
      expect(await refusal(notify("sqs", "events"))).toBe("");
      expect(await refusal(notify("sns", "events"))).toBe("");
    });

    it("are refused for what does not let S3 send [notification-destination-policy]", async () => {
      expect(await refusal(notify("sqs", "closed"))).toBe("InvalidArgument");
      expect(await refusal(notify("sns", "closed"))).toBe("InvalidArgument");
      const LambdaFunctionArn = arnOf("lambda", "function:unknown");
      const Events: Event[] = ["s3:ObjectCreated:*"];
      const NotificationConfiguration = { LambdaFunctionConfigurations: [{ LambdaFunctionArn, Events }] };
      const call = new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration });
      expect(await refusal(s3().send(call))).toBe("InvalidArgument");
    });
  });
});
