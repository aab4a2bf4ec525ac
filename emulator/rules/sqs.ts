import { Store } from "../store";
import type { Times } from "../time";
import { text } from "../wire/json";
import type { RuleSet } from "./rule";

const service = "sqs";
const reference = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference";

/** Rules of SQS on the names of queues. */
export function sqs({ queueNameReuseSeconds = 60, clock = Date.now }: Times = {}): RuleSet {
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
