import { Store } from "../store";
import { object, text } from "../wire/json";
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

/** Rules of SQS on the names of queues and on dead-letter queues. */
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
