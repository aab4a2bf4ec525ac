import { list, object, objects, text, type JsonObject, type JsonValue } from "../wire/json";
import type { RuleCall, RuleSet } from "./rule";

const service = "sns";
const reference = "https://docs.aws.amazon.com/sns/latest/api";

/** The attributes of a topic that a second creation must not change. */
const compared = ["DisplayName", "KmsMasterKeyId", "FifoTopic", "ContentBasedDeduplication"];

/** The attributes of a subscription that a second one must not change, with what they are by default. */
const ofSubscription = [
  ["DeliveryPolicy", ""],
  ["FilterPolicy", ""],
  ["FilterPolicyScope", "MessageAttributes"],
  ["RawMessageDelivery", "false"],
  ["RedrivePolicy", ""],
] as const;

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
        name: "subscription-with-other-attributes",
        service,
        operations: ["Subscribe"],
        code: "InvalidParameter",
        rule: "An endpoint that is subscribed is subscribed again only with the same attributes.",
        source: `${reference}/API_Subscribe.html`,
        refuse: async (call) => {
          const current = await subscriptionOf(call);
          if (!current) return undefined;
          const sent = object(call.input.Attributes);
          const differs = ofSubscription.some(
            ([name, usual]) =>
              sent[name] !== undefined && normalized(text(sent[name])) !== normalized(text(current[name]) || usual),
          );
          return differs
            ? "Invalid parameter: Attributes Reason: Subscription already exists with different attributes"
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

/** The attributes of the topic's subscription with the endpoint; undefined without one that is confirmed. */
async function subscriptionOf({ ask, input }: RuleCall): Promise<JsonObject | undefined> {
  let page: JsonObject = { TopicArn: input.TopicArn };
  for (;;) {
    const { Subscriptions, NextToken } = await ask("ListSubscriptionsByTopic", page);
    const own = objects(Subscriptions).find(
      ({ Protocol, Endpoint }) => Protocol === input.Protocol && Endpoint === input.Endpoint,
    );
    if (own) {
      const { SubscriptionArn } = own;
      const { Attributes } = await ask("GetSubscriptionAttributes", { SubscriptionArn });
      return Attributes === undefined ? undefined : object(Attributes);
    }
    if (text(NextToken) === "") return undefined;
    page = { ...page, NextToken };
  }
}

/** A policy without the spaces of its JSON, or another value in lower case. */
function normalized(value: string): string {
  try {
    return JSON.stringify(JSON.parse(value));
  } catch {
    return value.toLowerCase();
  }
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
