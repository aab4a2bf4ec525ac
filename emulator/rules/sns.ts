import { list, object, objects, text, type JsonValue } from "../wire/json";
import type { RuleCall, RuleSet } from "./rule";

const service = "sns";
const reference = "https://docs.aws.amazon.com/sns/latest/api";

/** The attributes of a topic that a second creation must not change. */
const compared = ["DisplayName", "KmsMasterKeyId", "FifoTopic", "ContentBasedDeduplication"];

/** Rules of SNS on topics and subscriptions. */
export function sns(): RuleSet {
  return {
    rules: [
      {
        name: "topic-exists-with-other-attributes",
        service,
        operations: ["CreateTopic"],
        code: "InvalidParameter",
        rule: "A topic that exists is created again only with the same attributes.",
        source: `${reference}/API_CreateTopic.html`,
        refuse: async (call) => {
          const { Attributes } = await call.ask("GetTopicAttributes", { TopicArn: arnOf(call) });
          if (Attributes === undefined) return undefined;
          const [sent, current] = [object(call.input.Attributes), object(Attributes)];
          const differs = compared.some((name) => sent[name] !== undefined && sent[name] !== (current[name] ?? ""));
          return differs
            ? "Invalid parameter: Attributes Reason: Topic already exists with different attributes"
            : undefined;
        },
      },
      {
        name: "topic-exists-with-other-tags",
        service,
        operations: ["CreateTopic"],
        code: "InvalidParameter",
        rule: "A topic that exists is created again only with the same tags.",
        source: `${reference}/API_CreateTopic.html`,
        refuse: async (call) => {
          if (list(call.input.Tags).length === 0) return undefined;
          const { Tags } = await call.ask("ListTagsForResource", { ResourceArn: arnOf(call) });
          return Tags !== undefined && tagText(Tags) !== tagText(call.input.Tags)
            ? "Invalid parameter: Tags Reason: Topic already exists with different tags"
            : undefined;
        },
      },
      {
        name: "fifo-queue-of-standard-topic",
        service,
        operations: ["Subscribe"],
        code: "InvalidParameter",
        rule: "A FIFO queue is subscribed to a FIFO topic only.",
        source: "https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html",
        refuse: ({ input }) =>
          input.Protocol === "sqs" && text(input.Endpoint).endsWith(".fifo") && !text(input.TopicArn).endsWith(".fifo")
            ? "Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics"
            : undefined,
      },
    ],
  };
}

function arnOf({ account, region, input }: RuleCall): string {
  return `arn:aws:sns:${region}:${account}:${text(input.Name)}`;
}

function tagText(tags: JsonValue): string {
  return JSON.stringify(
    objects(tags)
      .map(({ Key, Value }) => [text(Key), text(Value)])
      .sort(([one = ""], [other = ""]) => one.localeCompare(other)),
  );
}
