import { object, objects, text, type JsonValue } from "../wire/json";
import type { RuleCall, RuleSet } from "./rule";

const service = "s3";

/** Rules of S3 between buckets and what they notify. */
export function s3(): RuleSet {
  return {
    rules: [
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
