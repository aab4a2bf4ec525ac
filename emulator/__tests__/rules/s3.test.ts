import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { CreateTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
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

  it("refuses a second lock file [object-exists]", async () => {
    await create("own-locks");
    expect(await refusal(put("own-locks", { IfNoneMatch: "*" }))).toBe("");
    expect(await refusal(put("own-locks", { IfNoneMatch: "*" }))).toBe("PreconditionFailed");
  });

  it("refuses to notify a queue or topic that does not exist [notification-destination-not-found]", async () => {
    const Bucket = "own-notifications";
    await create(Bucket);
    await new SQSClient(aws.client(region)).send(new CreateQueueCommand({ QueueName: "events" }));
    await new SNSClient(aws.client(region)).send(new CreateTopicCommand({ Name: "events" }));
    const Events = ["s3:ObjectCreated:*"] as const;
    const notify = (service: "sqs" | "sns", name: string) => {
      const arn = `arn:aws:${service}:${region}:111122223333:${name}`;
      const NotificationConfiguration =
        service === "sqs"
          ? { QueueConfigurations: [{ QueueArn: arn, Events: [...Events] }] }
          : { TopicConfigurations: [{ TopicArn: arn, Events: [...Events] }] };
      return s3().send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
    };
    expect(await refusal(notify("sqs", "unknown"))).toBe("InvalidArgument");
    expect(await refusal(notify("sns", "unknown"))).toBe("InvalidArgument");
    expect(await refusal(notify("sqs", "events"))).toBe("");
    expect(await refusal(notify("sns", "events"))).toBe("");
  });
});
