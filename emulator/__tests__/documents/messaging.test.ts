import type { JsonObject } from "../../wire/json";
import { refusalOf } from "./refusal";

const deadLetters = "arn:aws:sqs:us-east-1:111122223333:dead-letters";

describe("a queue", () => {
  const create = (attributes: JsonObject, QueueName = "orders") =>
    refusalOf("sqs", "CreateQueue", { QueueName, Attributes: attributes });

  it.each<[JsonObject]>([
    [{ VisibilityTimeout: "43200", MessageRetentionPeriod: "1209600", ReceiveMessageWaitTimeSeconds: "20" }],
    [{ MaximumMessageSize: "1048576", DelaySeconds: "0", SqsManagedSseEnabled: "true", KmsMasterKeyId: "" }],
    [{ RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters, maxReceiveCount: 5 }) }],
    [{ RedriveAllowPolicy: JSON.stringify({ redrivePermission: "byQueue", sourceQueueArns: [deadLetters] }) }],
    [{ RedriveAllowPolicy: '{"redrivePermission":"denyAll"}' }],
    [{ RedrivePolicy: "" }],
  ])("has attributes %j", (attributes) => {
    expect(create(attributes)).toBeUndefined();
    expect(refusalOf("sqs", "SetQueueAttributes", { Attributes: attributes })).toBeUndefined();
  });

  it.each([
    ["VisibilityTimeout", 0, 43200],
    ["MessageRetentionPeriod", 60, 1209600],
    ["DelaySeconds", 0, 900],
    ["ReceiveMessageWaitTimeSeconds", 0, 20],
    ["MaximumMessageSize", 1024, 1048576],
    ["KmsDataKeyReusePeriodSeconds", 60, 86400],
  ])("has a %s from %d to %d", (name, minimum, maximum) => {
    const code = (value: number) => create({ [name]: String(value) })?.code;
    expect([code(minimum), code(maximum)]).toEqual([undefined, undefined]);
    expect([code(minimum - 1), code(maximum + 1)]).toEqual(["InvalidAttributeValue", "InvalidAttributeValue"]);
  });

  it.each([
    ["VisibilityTimeout", "1.5"],
    ["SqsManagedSseEnabled", "yes"],
  ])("has no %s of %s", (name, value) => {
    expect(create({ [name]: value })).toEqual({
      code: "InvalidAttributeValue",
      message: `Invalid value for the parameter ${name}.`,
    });
  });

  it.each<[JsonObject, RegExp]>([
    [{ RedrivePolicy: "{" }, /Reason: Redrive policy is not a valid JSON map\.$/],
    [{ RedrivePolicy: '{"maxReceiveCount":5}' }, /mandatory attribute: deadLetterTargetArn\.$/],
    [{ RedrivePolicy: '{"deadLetterTargetArn":"dead","maxReceiveCount":5}' }, /deadLetterTargetArn\.$/],
    [{ RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters, maxReceiveCount: 0 }) }, /from 1 to 1000/],
    [{ RedriveAllowPolicy: "[]" }, /not a valid JSON map/],
    [{ RedriveAllowPolicy: '{"redrivePermission":"some"}' }, /redrivePermission/],
    [{ RedriveAllowPolicy: '{"redrivePermission":"byQueue"}' }, /1 to 10 ARNs/],
    [{ RedriveAllowPolicy: '{"redrivePermission":"allowAll","sourceQueueArns":["a"]}' }, /only when/],
  ])("never has %j", (attributes, expected) => {
    const refusal = create(attributes);
    expect(refusal?.code).toBe("InvalidParameterValue");
    expect(refusal?.message).toMatch(expected);
  });

  it("has one kind of encryption", () => {
    expect(create({ SqsManagedSseEnabled: "true", KmsMasterKeyId: "alias/key" })?.code).toBe("InvalidAttributeValue");
  });

  it("has a name with .fifo, and FIFO attributes, exactly when it is a FIFO queue", () => {
    const fifo = { FifoQueue: "true", ContentBasedDeduplication: "true", FifoThroughputLimit: "perQueue" };
    expect(create(fifo, "orders.fifo")).toBeUndefined();
    expect(create({}, "orders.fifo")?.code).toBe("InvalidParameterValue");
    expect(create({ ContentBasedDeduplication: "true" })?.message).toBe("Unknown Attribute ContentBasedDeduplication.");
    expect(create({ FifoThroughputLimit: "perQueue" })?.message).toBe("Unknown Attribute FifoThroughputLimit.");
  });
});

describe("a queue that exists", () => {
  const code = (queue: string, Attributes: JsonObject) =>
    refusalOf("sqs", "SetQueueAttributes", {
      QueueUrl: `https://sqs.us-east-1.amazonaws.com/111122223333/${queue}`,
      Attributes,
    })?.code;
  const redrive = (queue: string) => ({
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: `arn:aws:sqs:us-east-1:111122223333:${queue}`,
      maxReceiveCount: 5,
    }),
  });

  it("keeps its type", () => {
    expect(code("orders.fifo", { FifoQueue: "true" })).toBeUndefined();
    expect(code("orders.fifo", { FifoQueue: "false" })).toBe("InvalidAttributeValue");
    expect(code("orders", { FifoQueue: "true" })).toBe("InvalidAttributeValue");
  });

  it("has dead letters of its type", () => {
    expect(code("orders", redrive("dead"))).toBeUndefined();
    expect(code("orders.fifo", redrive("dead.fifo"))).toBeUndefined();
    expect(code("orders", redrive("dead.fifo"))).toBe("InvalidParameterValue");
    expect(code("orders.fifo", redrive("dead"))).toBe("InvalidParameterValue");
  });
});

describe("a topic", () => {
  it("has attributes with their values", () => {
    expect(
      refusalOf("sns", "CreateTopic", { Attributes: { DisplayName: "Orders", KmsMasterKeyId: "k" } }),
    ).toBeUndefined();
    const set = (AttributeName: string, AttributeValue: string) =>
      refusalOf("sns", "SetTopicAttributes", { TopicArn: "arn", AttributeName, AttributeValue })?.code;
    expect(set("SQSSuccessFeedbackSampleRate", "0")).toBeUndefined();
    expect(set("SQSSuccessFeedbackSampleRate", "100")).toBeUndefined();
    expect(set("SQSSuccessFeedbackSampleRate", "101")).toBe("InvalidParameter");
    expect(set("DisplayName", "a".repeat(101))).toBe("InvalidParameter");
    expect(set("TracingConfig", "On")).toBe("InvalidParameter");
    expect(set("DeliveryPolicy", "{")).toBe("InvalidParameter");
  });
});

describe("a subscription", () => {
  const message = (Protocol: string, Endpoint: string, Attributes: JsonObject = {}) =>
    refusalOf("sns", "Subscribe", { TopicArn: "arn", Protocol, Endpoint, Attributes })?.message;

  it.each([
    ["email", "team@example.com"],
    ["https", "https://example.com/hook"],
    ["sqs", deadLetters],
    ["lambda", "arn:aws:lambda:us-east-1:111122223333:function:handler:live"],
    ["sms", "+15551234567"],
  ])("of %s goes to %s", (protocol, endpoint) => {
    expect(message(protocol, endpoint)).toBeUndefined();
  });

  it.each([
    ["mail", "team@example.com", "Amazon SNS does not support this protocol string: mail"],
    ["email", "team", "Email address"],
    ["https", "http://example.com", "Endpoint must match the specified protocol"],
    ["sqs", "https://sqs.us-east-1.amazonaws.com/1/queue", "SQS endpoint ARN"],
  ])("of %s never goes to %s", (protocol, endpoint, expected) => {
    expect(message(protocol, endpoint)).toBe(`Invalid parameter: ${expected}`);
  });

  it.each([
    ["RawMessageDelivery", "true", "on"],
    ["FilterPolicyScope", "MessageBody", "Body"],
    ["RedrivePolicy", JSON.stringify({ deadLetterTargetArn: deadLetters }), '{"maxReceiveCount":5}'],
  ])("has %s %s and never %s", (AttributeName, good, bad) => {
    const set = (AttributeValue: string) =>
      refusalOf("sns", "SetSubscriptionAttributes", { SubscriptionArn: "arn", AttributeName, AttributeValue })?.code;
    expect(set(good)).toBeUndefined();
    expect(set(bad)).toBe("InvalidParameter");
    expect(message("sqs", deadLetters, { [AttributeName]: bad })).toContain(`Invalid parameter: ${AttributeName}: `);
  });
});

describe("a FIFO queue", () => {
  const create = (QueueName: string, Attributes: JsonObject) =>
    refusalOf("sqs", "CreateQueue", { QueueName, Attributes })?.code;
  const redrive = (queue: string) => ({
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: `${deadLetters}${queue}`, maxReceiveCount: 5 }),
  });

  it("has FIFO dead letters, and a throughput of its groups", () => {
    const scope = { DeduplicationScope: "messageGroup", FifoThroughputLimit: "perMessageGroupId" };
    expect(create("orders.fifo", { FifoQueue: "true", ...scope, ...redrive(".fifo") })).toBeUndefined();
    expect(create("orders.fifo", { FifoQueue: "true", ...redrive("") })).toBe("InvalidParameterValue");
    expect(create("orders", redrive(".fifo"))).toBe("InvalidParameterValue");
    expect(create("orders", { FifoQueue: "false" })).toBe("InvalidAttributeName");
    const limit = { FifoThroughputLimit: "perMessageGroupId" };
    expect(create("orders.fifo", { FifoQueue: "true", ...limit })).toBe("InvalidAttributeValue");
  });
});

describe("a protocol of SNS", () => {
  const endpoints: Readonly<Record<string, string>> = {
    sqs: deadLetters,
    email: "shop@example.com",
    https: "https://example.com",
    firehose: "arn:aws:firehose:us-east-1:111122223333:deliverystream/orders",
  };
  const subscribe = (Protocol: string, Attributes: JsonObject = {}, topic = "orders") =>
    refusalOf("sns", "Subscribe", {
      TopicArn: `arn:aws:sns:us-east-1:111122223333:${topic}`,
      Protocol,
      Endpoint: endpoints[Protocol] ?? "",
      Attributes,
    })?.message;
  const retry = (healthyRetryPolicy: JsonObject) => ({ DeliveryPolicy: JSON.stringify({ healthyRetryPolicy }) });

  it("is SQS for FIFO topics, and has a role for a stream", () => {
    expect(subscribe("sqs", { RawMessageDelivery: "true" }, "orders.fifo")).toBeUndefined();
    expect(subscribe("email", {}, "orders.fifo")).toMatch(/Invalid protocol type: email$/);
    expect(subscribe("firehose", { SubscriptionRoleArn: "arn" })).toBeUndefined();
    expect(subscribe("firehose")).toMatch(/SubscriptionRoleArn attribute is required/);
    expect(subscribe("email", { RawMessageDelivery: "true" })).toMatch(/does not support raw message delivery/);
  });

  it("retries in ranges", () => {
    expect(subscribe("https", retry({ numRetries: 100, minDelayTarget: 1, maxDelayTarget: 3600 }))).toBeUndefined();
    expect(subscribe("https", retry({ numRetries: 101 }))).toMatch(/from 0 to 100/);
    expect(subscribe("https", retry({ maxDelayTarget: 3601 }))).toMatch(/from 1 to 3600/);
    expect(subscribe("https", retry({ minDelayTarget: 20, maxDelayTarget: 10 }))).toMatch(/from 1 to maxDelayTarget/);
  });

  it("deduplicates by content in FIFO topics", () => {
    const create = (Name: string) =>
      refusalOf("sns", "CreateTopic", { Name, Attributes: { ContentBasedDeduplication: "true" } })?.code;
    expect(create("orders.fifo")).toBeUndefined();
    expect(create("orders")).toBe("InvalidParameter");
  });
});

describe("a message", () => {
  const send = (input: JsonObject, queue = "orders") =>
    refusalOf("sqs", "SendMessage", { QueueUrl: `https://sqs/111122223333/${queue}`, MessageBody: "text", ...input })
      ?.code;

  it("to a queue has a body, and its deduplication id only in a FIFO queue", () => {
    expect(send({ MessageGroupId: "tenant" })).toBeUndefined();
    expect(send({ MessageGroupId: "a", MessageDeduplicationId: "b" }, "orders.fifo")).toBeUndefined();
    expect(send({ MessageBody: "" })).toBe("MissingParameter");
    expect(send({ MessageDeduplicationId: "b" })).toBe("InvalidParameterValue");
  });

  it("to a topic has a subject of one line", () => {
    const publish = (Subject?: string) => refusalOf("sns", "Publish", { Message: "a\nb", Subject })?.code;
    expect([publish(), publish("Orders: €5"), publish("a\nb")]).toEqual([undefined, undefined, "InvalidParameter"]);
  });
});
