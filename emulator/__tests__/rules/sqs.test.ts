import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  SetQueueAttributesCommand,
  SQSClient,
  type CreateQueueCommandInput,
  type QueueAttributeName,
} from "@aws-sdk/client-sqs";
import { emulatorForSuite, refusal } from "../running-emulator";

describe("SQS", () => {
  let now = Date.now();
  const aws = emulatorForSuite({ time: { clock: () => now } });
  const sqs = () => new SQSClient(aws.client());
  let count = 0;
  const name = (): string => `own-${++count}`;
  const create = async (QueueName: string, Attributes: CreateQueueCommandInput["Attributes"] = {}): Promise<string> =>
    (await sqs().send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? "";
  const set = (QueueUrl: string, Attributes: Record<string, string>) =>
    sqs().send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
  const redrive = (queue: string) => ({
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: `arn:aws:sqs:us-east-1:111122223333:${queue}`,
      maxReceiveCount: 5,
    }),
  });

  it("refuses the name of a queue that was deleted within 60 seconds [queue-deleted-recently]", async () => {
    const queue = name();
    await sqs().send(new DeleteQueueCommand({ QueueUrl: await create(queue) }));
    expect(await refusal(create(queue))).toBe("AWS.SimpleQueueService.QueueDeletedRecently");
    expect(await refusal(create(name()))).toBe("");
    now += 60_000;
    expect(await refusal(create(queue))).toBe("");
  });

  it("refuses a queue that exists with other attributes [queue-exists]", async () => {
    const queue = name();
    await create(queue, { VisibilityTimeout: "30" });
    expect(await refusal(create(queue, { VisibilityTimeout: "40" }))).toBe("QueueAlreadyExists");
    expect(await refusal(create(queue, { VisibilityTimeout: "30" }))).toBe("");
  });

  it("refuses a dead-letter queue that does not exist [dead-letter-queue-not-found]", async () => {
    const queue = name();
    await create(queue);
    const url = await create(name());
    expect(await refusal(create(name(), redrive("unknown")))).toBe("AWS.SimpleQueueService.NonExistentQueue");
    expect(await refusal(set(url, redrive("unknown")))).toBe("AWS.SimpleQueueService.NonExistentQueue");
    expect(await refusal(set(url, redrive(queue)))).toBe("");
  });

  it("refuses a standard queue as the dead-letter queue of a FIFO queue [dead-letter-queue-type]", async () => {
    const queue = name();
    await create(queue);
    const fifo = { FifoQueue: "true", ...redrive(queue) };
    expect(await refusal(create(`${name()}.fifo`, fifo))).toBe("InvalidParameterValue");
    expect(await refusal(create(name(), redrive(queue)))).toBe("");
  });

  it("refuses a second purge within 60 seconds [queue-purged-recently]", async () => {
    const QueueUrl = await create(name());
    const purge = () => refusal(sqs().send(new PurgeQueueCommand({ QueueUrl })));
    expect(await purge()).toBe("");
    expect(await purge()).toBe("AWS.SimpleQueueService.PurgeQueueInProgress");
    now += 60_000;
    expect(await purge()).toBe("");
  });

  it("refuses attributes that queues do not have", async () => {
    const QueueUrl = await create(name());
    expect(await refusal(set(QueueUrl, { Colour: "red" }))).toBe("InvalidAttributeName");
    // The SDK's type has only those that exist.
    const AttributeNames = ["Colour" as QueueAttributeName];
    const read = sqs().send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
    expect(await refusal(read)).toBe("InvalidAttributeName");
    expect(await refusal(set(QueueUrl, { DelaySeconds: "5" }))).toBe("");
  });
});
