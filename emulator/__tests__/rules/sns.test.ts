import {
  CreateTopicCommand,
  SNSClient,
  SubscribeCommand,
  type CreateTopicCommandInput,
  type SubscribeCommandInput,
} from "@aws-sdk/client-sns";
import { emulatorForSuite, refusal } from "../running-emulator";

describe("SNS", () => {
  const aws = emulatorForSuite();
  const sns = () => new SNSClient(aws.client());
  const create = async (topic: Omit<CreateTopicCommandInput, "Name"> & { readonly Name?: string }): Promise<string> =>
    (await sns().send(new CreateTopicCommand({ Name: "own", ...topic }))).TopicArn ?? "";
  const subscribe = async (subscription: Partial<SubscribeCommandInput>) => {
    const TopicArn = await create({ Name: "subscribed" });
    return sns().send(new SubscribeCommand({ TopicArn, Protocol: "email", ...subscription }));
  };

  it("refuses a topic that exists with other attributes [topic-exists-with-other-attributes]", async () => {
    await create({ Attributes: { DisplayName: "one" } });
    expect(await refusal(create({ Attributes: { DisplayName: "two" } }))).toBe("InvalidParameter");
    expect(await refusal(create({ Attributes: { DisplayName: "one" } }))).toBe("");
  });

  it("refuses a topic that exists with other tags [topic-exists-with-other-tags]", async () => {
    const Tags = [
      { Key: "one", Value: "1" },
      { Key: "two", Value: "2" },
    ];
    await create({ Name: "tagged", Tags });
    expect(await refusal(create({ Name: "tagged", Tags: Tags.slice(1) }))).toBe("InvalidParameter");
    expect(await refusal(create({ Name: "tagged", Tags: Tags.toReversed() }))).toBe("");
  });

  it("refuses an endpoint with other attributes [subscription-with-other-attributes]", async () => {
    const TopicArn = await create({ Name: "subscribed" });
    const subscribe = (Attributes: Record<string, string>) => {
      const Endpoint = "arn:aws:sqs:us-east-1:111122223333:subscribed";
      return refusal(sns().send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint, Attributes })));
    };
    expect(await subscribe({ FilterPolicy: '{"kind":["paid"]}' })).toBe("");
    expect(await subscribe({ FilterPolicy: '{"kind": ["paid"]}', RawMessageDelivery: "false" })).toBe("");
    expect(await subscribe({})).toBe("");
    expect(await subscribe({ FilterPolicy: '{"kind":["sent"]}' })).toBe("InvalidParameter");
    expect(await subscribe({ RawMessageDelivery: "true" })).toBe("InvalidParameter");
  });

  it("refuses a FIFO queue for a standard topic [fifo-queue-of-standard-topic]", async () => {
    const queue = "arn:aws:sqs:us-east-1:111122223333:own";
    expect(await refusal(subscribe({ Protocol: "sqs", Endpoint: `${queue}.fifo` }))).toBe("InvalidParameter");
    expect(await refusal(subscribe({ Protocol: "sqs", Endpoint: queue }))).toBe("");
  });
});
