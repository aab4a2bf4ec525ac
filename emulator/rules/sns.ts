import { list, object, objects, text, type JsonValue } from "../wire/json";
import type { RuleCall, RuleSet } from "./rule";

const service = "sns";
const reference = "https://docs.aws.amazon.com/sns/latest/api";

/** What an endpoint of each protocol looks like. */
const endpoints: Readonly<Record<string, RegExp>> = {
  http: /^http:\/\//,
  https: /^https:\/\//,
  email: /^[^@\s]+@[^@\s]+$/,
  "email-json": /^[^@\s]+@[^@\s]+$/,
  sms: /^\+?[\d-]+$/,
  sqs: /^arn:[^:]+:sqs:/,
  application: /^arn:[^:]+:sns:/,
  lambda: /^arn:[^:]+:lambda:/,
  firehose: /^arn:[^:]+:firehose:/,
};

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
        name: "subscription-endpoint",
        service,
        operations: ["Subscribe"],
        code: "InvalidParameter",
        rule: "The endpoint of a subscription is one of its protocol.",
        source: `${reference}/API_Subscribe.html`,
        refuse: ({ input }) => {
          const [protocol, endpoint] = [text(input.Protocol), text(input.Endpoint)];
          const pattern = endpoints[protocol];
          if (!pattern) return `Invalid parameter: Amazon SNS does not support this protocol string: ${protocol}`;
          return pattern.test(endpoint)
            ? undefined
            : "Invalid parameter: Endpoint Reason: Endpoint must match the specified protocol";
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
      {
        name: "subscription-filter-policy",
        service,
        operations: ["Subscribe", "SetSubscriptionAttributes"],
        code: "InvalidParameter",
        rule: "A filter policy is a JSON object.",
        source: "https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html",
        refuse: ({ input }) => {
          const isSet = input.AttributeName === "FilterPolicy";
          const policy = text(isSet ? input.AttributeValue : object(input.Attributes).FilterPolicy);
          return policy === "" || isObject(policy)
            ? undefined
            : "Invalid parameter: FilterPolicy: failed to parse JSON.";
        },
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

function isObject(json: string): boolean {
  try {
    // JSON.parse is untyped, and a JsonValue is exactly what it can return.
    const value = JSON.parse(json) as JsonValue;
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
