import { Store } from "../store";
import { object, scalarText, text, type JsonValue } from "../wire/json";
import type { RuleSet } from "./rule";

const service = "sqs";
const reference = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference";

/** Time as SQS sees it. */
export interface QueueTimes {
  /** Seconds for which the name of a deleted queue cannot be used. @default 60 */
  readonly queueNameReuseSeconds?: number;
  /** Milliseconds since 1970. @default - the clock of this machine */
  readonly clock?: () => number;
}

/** Least and greatest value of the attributes that are numbers. */
const ranges: Readonly<Record<string, readonly [number, number]>> = {
  DelaySeconds: [0, 900],
  KmsDataKeyReusePeriodSeconds: [60, 86_400],
  MaximumMessageSize: [1024, 1_048_576],
  MessageRetentionPeriod: [60, 1_209_600],
  ReceiveMessageWaitTimeSeconds: [0, 20],
  VisibilityTimeout: [0, 43_200],
};

/** Rules of SQS on the names and attributes of queues. */
export function sqs({ queueNameReuseSeconds = 60, clock = Date.now }: QueueTimes = {}): RuleSet {
  const deletions = new Store<number>();
  return {
    rules: [
      {
        name: "queue-deleted-recently",
        service,
        operations: ["CreateQueue"],
        // The code of the query protocol, which SDKs and the provider read: QueueDeletedRecently.
        code: "AWS.SimpleQueueService.QueueDeletedRecently",
        rule: "The name of a deleted queue cannot be used for 60 seconds.",
        source: `${reference}/API_DeleteQueue.html`,
        refuse: (call) => {
          const deleted = deletions.of(call).get(text(call.input.QueueName));
          return deleted !== undefined && clock() < deleted + queueNameReuseSeconds * 1000
            ? "You must wait 60 seconds after deleting a queue before you can create another with the same name."
            : undefined;
        },
      },
      {
        name: "queue-attribute-range",
        service,
        operations: ["CreateQueue", "SetQueueAttributes"],
        code: "InvalidAttributeValue",
        rule: "The attributes of a queue have a least and a greatest value.",
        source: `${reference}/API_SetQueueAttributes.html`,
        refuse: ({ input }) => {
          const wrong = Object.entries(object(input.Attributes)).find(([name, value]) => isOutOfRange(name, value));
          return wrong && `Invalid value for the parameter ${wrong[0]}.`;
        },
      },
      {
        name: "fifo-queue-name",
        service,
        operations: ["CreateQueue"],
        code: "InvalidParameterValue",
        rule: "Only the name of a FIFO queue ends with .fifo.",
        source: `${reference}/API_CreateQueue.html`,
        refuse: ({ input }) =>
          text(input.QueueName).endsWith(".fifo") && object(input.Attributes).FifoQueue !== "true"
            ? "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"
            : undefined,
      },
      {
        name: "dead-letter-queue-not-found",
        service,
        operations: ["SetQueueAttributes"],
        code: "AWS.SimpleQueueService.NonExistentQueue",
        rule: "The dead-letter queue of a redrive policy must exist.",
        source: `${reference}/API_SetQueueAttributes.html`,
        refuse: async ({ input, ask, account, region }) => {
          const policy = text(object(input.Attributes).RedrivePolicy);
          const arn = /"deadLetterTargetArn"\s*:\s*"([^"]+)"/.exec(policy)?.[1];
          if (arn?.startsWith(`arn:aws:sqs:${region}:${account}:`) !== true) return undefined;
          const { QueueUrl } = await ask("GetQueueUrl", { QueueName: arn.split(":").at(-1) });
          return text(QueueUrl) === "" ? `Could not find the dead-letter queue ${arn}.` : undefined;
        },
      },
    ],
    observers: [
      {
        service,
        operations: ["DeleteQueue"],
        observe: (call) => {
          deletions.of(call).set(text(call.input.QueueUrl).split("/").at(-1) ?? "", clock());
        },
      },
    ],
  };
}

function isOutOfRange(name: string, value: JsonValue): boolean {
  const [least, greatest] = ranges[name] ?? [];
  if (least === undefined || greatest === undefined) return false;
  const number = scalarText(value) === "" ? NaN : Number(scalarText(value));
  return !(Number.isInteger(number) && number >= least && number <= greatest);
}
