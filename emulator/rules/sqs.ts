import { Store } from "../store";
import type { Times } from "../time";
import { text } from "../wire/json";
import type { RuleCall, RuleSet } from "./rule";

const service = "sqs";
const reference = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference";

const purgeSeconds = 60;

/** Rules of SQS on the names of queues, and on their purges. */
export function sqs({ queueNameReuseSeconds = 60, clock = Date.now }: Times = {}): RuleSet {
  const deletions = new Store<number>();
  const purges = new Store<number>();
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
        name: "queue-purged-recently",
        service,
        operations: ["PurgeQueue"],
        // The code of the query protocol, as above.
        code: "AWS.SimpleQueueService.PurgeQueueInProgress",
        status: 403,
        rule: "A queue is purged at most once in 60 seconds.",
        source: `${reference}/API_PurgeQueue.html`,
        refuse: (call) => {
          const purged = purges.of(call).get(queueName(call));
          return purged !== undefined && clock() < purged + purgeSeconds * 1000
            ? `Only one PurgeQueue operation on ${queueName(call)} is allowed every ${purgeSeconds} seconds.`
            : undefined;
        },
      },
    ],
    observers: [
      {
        service,
        operations: ["PurgeQueue"],
        observe: (call) => {
          purges.of(call).set(queueName(call), clock());
        },
      },
      {
        service,
        operations: ["DeleteQueue"],
        observe: (call) => {
          purges.of(call).delete(queueName(call));
          deletions.of(call).set(queueName(call), clock());
        },
      },
    ],
  };
}

function queueName({ input }: RuleCall): string {
  return text(input.QueueUrl).split("/").at(-1) ?? "";
}
