import {
  EventBridgeClient,
  CreateEventBusCommand,
  PutEventsCommand,
  PutPermissionCommand,
} from "@aws-sdk/client-eventbridge";
import {
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  DecryptCommand,
  EncryptCommand,
  KMSClient,
  PutKeyPolicyCommand,
} from "@aws-sdk/client-kms";
import { CreateTopicCommand, PublishCommand, SetTopicAttributesCommand, SNSClient } from "@aws-sdk/client-sns";
import { CreateQueueCommand, SendMessageCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { emulatorForSuite, refusal, type ClientSettings } from "../running-emulator";
import { document, roleArn, sessionOf } from "./role-session";

const account = "111122223333";
const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:${account}:${resource}`;

describe("a policy of a resource", () => {
  const aws = emulatorForSuite();
  let roles: Promise<{ readonly reader: ClientSettings; readonly admin: ClientSettings }> | undefined;
  const sessions = () => {
    const make = async () => ({
      reader: await sessionOf(aws, "reader"),
      admin: await sessionOf(aws, "admin", { Effect: "Allow", Action: "*", Resource: "*" }),
    });
    return (roles ??= make());
  };
  const statements = (Action: string, Resource: string) => [
    { Sid: "reader", Effect: "Allow", Principal: { AWS: roleArn("reader") }, Action, Resource },
    { Sid: "admin", Effect: "Deny", Principal: { AWS: roleArn("admin") }, Action, Resource },
  ];
  const results = async (send: (session: ClientSettings) => Promise<unknown>) => {
    const { reader, admin } = await sessions();
    return [await refusal(send(reader)), await refusal(send(admin))];
  };

  it("of a queue allows and denies", async () => {
    const sqs = new SQSClient(aws.client());
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "jobs" }));
    const send = (session: ClientSettings) =>
      new SQSClient(session).send(new SendMessageCommand({ QueueUrl, MessageBody: "a" }));
    expect(await results(send)).toEqual(["AccessDenied", ""]);
    const Policy = document(...statements("SQS:SendMessage", arn("sqs", "jobs")));
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    expect(await results(send)).toEqual(["", "AccessDenied"]);
  });

  it("of a topic allows and denies", async () => {
    const sns = new SNSClient(aws.client());
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "alarms" }));
    const publish = (session: ClientSettings) =>
      new SNSClient(session).send(new PublishCommand({ TopicArn, Message: "a" }));
    expect(await results(publish)).toEqual(["AuthorizationError", ""]);
    const AttributeValue = document(...statements("SNS:Publish", arn("sns", "alarms")));
    await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: "Policy", AttributeValue }));
    expect(await results(publish)).toEqual(["", "AuthorizationError"]);
  });

  it("of an event bus allows and denies", async () => {
    const events = new EventBridgeClient(aws.client());
    await events.send(new CreateEventBusCommand({ Name: "orders" }));
    const put = (session: ClientSettings) => {
      const entry = { EventBusName: "orders", Source: "shop", DetailType: "paid", Detail: "{}" };
      return new EventBridgeClient(session).send(new PutEventsCommand({ Entries: [entry] }));
    };
    expect(await results(put)).toEqual(["AccessDeniedException", ""]);
    const Policy = document(...statements("events:PutEvents", arn("events", "event-bus/orders")));
    await events.send(new PutPermissionCommand({ EventBusName: "orders", Policy }));
    expect(await results(put)).toEqual(["", "AccessDeniedException"]);
  });

  it("of a key is that of the key that an alias names, and of a ciphertext", async () => {
    const kms = new KMSClient(aws.client());
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const TargetKeyId = KeyMetadata?.KeyId ?? "";
    await kms.send(new CreateAliasCommand({ AliasName: "alias/shop", TargetKeyId }));
    const Plaintext = Buffer.from("a");
    const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId: TargetKeyId, Plaintext }));
    const encrypt = (session: ClientSettings) =>
      new KMSClient(session).send(new EncryptCommand({ KeyId: "alias/shop", Plaintext }));
    const decrypt = (session: ClientSettings) => new KMSClient(session).send(new DecryptCommand({ CiphertextBlob }));
    expect(await results(encrypt)).toEqual(["AccessDeniedException", ""]);
    const root = {
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: "kms:*",
      Resource: "*",
    };
    const Policy = document(root, ...statements("kms:*crypt", "*"));
    await kms.send(new PutKeyPolicyCommand({ KeyId: TargetKeyId, PolicyName: "default", Policy }));
    expect(await results(encrypt)).toEqual(["", "AccessDeniedException"]);
    expect(await results(decrypt)).toEqual(["", "AccessDeniedException"]);
  });

  it("of a key is completed by its grants", async () => {
    const kms = new KMSClient(aws.client());
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const KeyId = KeyMetadata?.Arn ?? "";
    const { reader } = await sessions();
    const encrypt = (EncryptionContext: Record<string, string>) =>
      refusal(
        new KMSClient(reader).send(new EncryptCommand({ KeyId, Plaintext: Buffer.from("a"), EncryptionContext })),
      );
    expect(await encrypt({ app: "shop" })).toBe("AccessDeniedException");
    const Constraints = { EncryptionContextSubset: { app: "shop" } };
    const grant = { KeyId, GranteePrincipal: roleArn("reader"), Operations: ["Encrypt" as const], Constraints };
    await kms.send(new CreateGrantCommand(grant));
    expect(await encrypt({ app: "shop" })).toBe("");
    expect(await encrypt({ app: "other" })).toBe("AccessDeniedException");
  });
});
