import { object, text, type JsonObject } from "../wire/json";
import { type DocumentCheck, type Refusal } from "./document";
import { isObject, isOutside, numberOf, valueOf } from "./values";

type Rule = (value: string) => string | undefined;

/** What is said against a value of an attribute of a topic. https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html */
const topicRules: ReadonlyMap<string, Rule> = new Map([
  ["DisplayName", (value) => (value.length > 100 ? "Must be no more than 100 characters" : undefined)],
  ["DeliveryPolicy", deliveryPolicy],
  ["TracingConfig", oneOf("PassThrough", "Active")],
  ["SignatureVersion", oneOf("1", "2")],
  ["FifoThroughputScope", oneOf("Topic", "MessageGroup")],
  ...["HTTP", "SQS", "Lambda", "Firehose", "Application"].map((name): [string, Rule] => [
    `${name}SuccessFeedbackSampleRate`,
    percent,
  ]),
]);

/** The same of a subscription. https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html */
const subscriptionRules: ReadonlyMap<string, Rule> = new Map([
  ["RawMessageDelivery", (value) => oneOf("true", "false")(value.toLowerCase())],
  ["FilterPolicyScope", oneOf("MessageAttributes", "MessageBody")],
  ["DeliveryPolicy", deliveryPolicy],
  ["RedrivePolicy", redrivePolicy],
]);

/** Attributes of a new topic. */
export const topics: DocumentCheck = {
  service: "sns",
  operations: ["CreateTopic"],
  source: "https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html",
  check: ({ Name, Attributes }) => {
    const attributes = object(Attributes);
    return attributes.ContentBasedDeduplication === "true" && !text(Name).endsWith(".fifo")
      ? invalid("Attributes Reason: Content-based deduplication can only be set for FIFO topics")
      : wrongAttribute(attributes, topicRules);
  },
};

/** An attribute of a topic that changes. */
export const topicAttributes: DocumentCheck = {
  service: "sns",
  operations: ["SetTopicAttributes"],
  source: "https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html",
  check: ({ AttributeName, AttributeValue }) => wrongAttribute({ [text(AttributeName)]: AttributeValue }, topicRules),
};

/** The subject of a message, which is that of an email. */
export const publishedMessages: DocumentCheck = {
  service: "sns",
  operations: ["Publish"],
  source: "https://docs.aws.amazon.com/sns/latest/api/API_Publish.html",
  check: ({ Subject }) => (/\p{Cc}/u.test(text(Subject)) ? invalid("Subject") : undefined),
};

/** Protocol, endpoint and attributes of a subscription. */
export const subscriptions: DocumentCheck = {
  service: "sns",
  operations: ["Subscribe"],
  source: "https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html",
  check: (input) =>
    endpoint(input) ?? protocolProblem(input) ?? wrongAttribute(object(input.Attributes), subscriptionRules),
};

/** An attribute of a subscription that changes. */
export const subscriptionAttributes: DocumentCheck = {
  service: "sns",
  operations: ["SetSubscriptionAttributes"],
  source: "https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html",
  check: ({ AttributeName, AttributeValue }) =>
    wrongAttribute({ [text(AttributeName)]: AttributeValue }, subscriptionRules),
};

const endpoints: Readonly<Record<string, readonly [RegExp, string] | undefined>> = {
  http: [/^http:\/\/.+/i, "Endpoint must match the specified protocol"],
  https: [/^https:\/\/.+/i, "Endpoint must match the specified protocol"],
  email: [/^[^@\s]+@[^@\s]+$/, "Email address"],
  "email-json": [/^[^@\s]+@[^@\s]+$/, "Email address"],
  sms: [/^\+?[\d().\s-]+$/, "Invalid SMS endpoint"],
  sqs: [/^arn:[\w-]+:sqs:[\w-]+:\d{12}:.+/, "SQS endpoint ARN"],
  lambda: [/^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:.+/, "Lambda endpoint ARN"],
  firehose: [/^arn:[\w-]+:firehose:[\w-]+:\d{12}:deliverystream\/.+/, "Firehose endpoint ARN"],
  application: [/^arn:[\w-]+:sns:[\w-]+:\d{12}:endpoint\/.+/, "Application endpoint arn invalid"],
};

function invalid(problem: string): Refusal {
  return { code: "InvalidParameter", message: `Invalid parameter: ${problem}` };
}

function endpoint({ Protocol, Endpoint }: JsonObject): Refusal | undefined {
  const form = endpoints[text(Protocol)];
  if (!form) return invalid(`Amazon SNS does not support this protocol string: ${text(Protocol)}`);
  const [pattern, problem] = form;
  return pattern.test(text(Endpoint)) ? undefined : invalid(problem);
}

function protocolProblem({ TopicArn, Protocol, Attributes }: JsonObject): Refusal | undefined {
  const { RawMessageDelivery, SubscriptionRoleArn } = object(Attributes);
  const protocol = text(Protocol);
  if (text(TopicArn).endsWith(".fifo") && protocol !== "sqs") return invalid(`Invalid protocol type: ${protocol}`);
  if (protocol === "firehose" && text(SubscriptionRoleArn) === "") {
    return invalid("Attributes Reason: The SubscriptionRoleArn attribute is required for the protocol firehose");
  }
  const isRaw = text(RawMessageDelivery).toLowerCase() === "true";
  return isRaw && !["http", "https", "sqs", "firehose"].includes(protocol)
    ? invalid(`Attributes Reason: Delivery protocol [${protocol}] does not support raw message delivery.`)
    : undefined;
}

function wrongAttribute(attributes: JsonObject, rules: ReadonlyMap<string, Rule>): Refusal | undefined {
  for (const [name, value] of Object.entries(attributes)) {
    // Terraform removes an attribute by an empty value.
    if (text(value) === "") continue;
    const problem = rules.get(name)?.(text(value));
    if (problem !== undefined) return invalid(`${name}: ${problem}`);
  }
  return undefined;
}

function oneOf(...values: readonly string[]): Rule {
  return (value) =>
    values.includes(value) ? undefined : `Invalid value [${value}]. Must be one of ${values.join(", ")}`;
}

function percent(value: string): string | undefined {
  return numberOf(value) === undefined || isOutside(value, 0, 100) ? "Must be an integer from 0 to 100" : undefined;
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html */
function deliveryPolicy(value: string): string | undefined {
  const policy = valueOf(value);
  if (!isObject(policy)) return "failed to parse JSON.";
  const { defaultHealthyRetryPolicy } = object(policy.http);
  const retries = object(policy.healthyRetryPolicy ?? defaultHealthyRetryPolicy);
  const { numRetries, minDelayTarget, maxDelayTarget } = retries;
  if (isOutside(numRetries, 0, 100)) return "healthyRetryPolicy.numRetries must be from 0 to 100";
  if (isOutside(maxDelayTarget, 1, 3600)) return "healthyRetryPolicy.maxDelayTarget must be from 1 to 3600";
  const [least, most] = [numberOf(minDelayTarget), numberOf(maxDelayTarget)];
  return least !== undefined && most !== undefined && (least < 1 || least > most)
    ? "healthyRetryPolicy.minDelayTarget must be from 1 to maxDelayTarget"
    : undefined;
}

function redrivePolicy(value: string): string | undefined {
  const policy = valueOf(value);
  if (!isObject(policy)) return "failed to parse JSON.";
  const unknown = Object.keys(policy).find((name) => name !== "deadLetterTargetArn");
  if (unknown !== undefined) return `invalid JSON. Attribute ${unknown} is unknown.`;
  return /^arn:[\w-]+:sqs:/.test(text(policy.deadLetterTargetArn))
    ? undefined
    : "deadLetterTargetArn is an invalid arn";
}
