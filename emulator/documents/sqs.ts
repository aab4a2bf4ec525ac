import { list, object, text, type JsonObject } from "../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "./document";
import { isObject, isOutside, numberOf, valueOf } from "./values";

/** The least and the most of each attribute. */
const ranges = [
  ["DelaySeconds", 0, 900],
  ["MaximumMessageSize", 1024, 1048576],
  ["MessageRetentionPeriod", 60, 1209600],
  ["ReceiveMessageWaitTimeSeconds", 0, 20],
  ["VisibilityTimeout", 0, 43200],
  ["KmsDataKeyReusePeriodSeconds", 60, 86400],
] as const;

/** What each attribute of a few words can be. */
const words = [
  ["SqsManagedSseEnabled", ["true", "false"]],
  ["ContentBasedDeduplication", ["true", "false"]],
  ["DeduplicationScope", ["messageGroup", "queue"]],
  ["FifoThroughputLimit", ["perQueue", "perMessageGroupId"]],
] as const;

/** A message, and what only messages of FIFO queues have. */
export const messages: DocumentCheck = {
  service: "sqs",
  operations: ["SendMessage"],
  source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html",
  check: ({ QueueUrl, MessageBody, MessageDeduplicationId }) => {
    if (text(MessageBody) === "") {
      return { code: "MissingParameter", message: "The request must contain the parameter MessageBody." };
    }
    const id = text(MessageDeduplicationId);
    return id !== "" && !text(QueueUrl).endsWith(".fifo")
      ? invalid("MessageDeduplicationId", id, "The request includes a parameter that is not valid for this queue type.")
      : undefined;
  },
};

/** Values of a queue's attributes, which the API model has as any text. */
export const queueAttributes: DocumentCheck = {
  service: "sqs",
  operations: ["CreateQueue", "SetQueueAttributes"],
  source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html",
  check: ({ Attributes }) => firstRefusal([numbers, choices, encryption, redrive, redriveAllow], object(Attributes)),
};

/** What only a FIFO queue has. */
export const queueNames: DocumentCheck = {
  service: "sqs",
  operations: ["CreateQueue"],
  source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html",
  check: ({ QueueName, Attributes }) => {
    const attributes = object(Attributes);
    const isFifo = text(QueueName).endsWith(".fifo");
    const other = deadLettersOfOtherType(attributes, isFifo);
    if (other) return other;
    if (attributes.FifoQueue === "true") return throughput(attributes);
    if (attributes.FifoQueue === "false") {
      return unknownAttribute("FifoQueue");
    }
    if (!/^[\w-]{1,80}$/.test(text(QueueName))) {
      return {
        code: "InvalidParameterValue",
        message: "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
      };
    }
    const unknown = ["DeduplicationScope", "FifoThroughputLimit"].find((name) => text(attributes[name]) !== "");
    const fifoOnly = attributes.ContentBasedDeduplication === "true" ? "ContentBasedDeduplication" : unknown;
    return fifoOnly === undefined ? undefined : unknownAttribute(fifoOnly);
  },
};

/** The type of a queue, which does not change. */
export const changedQueues: DocumentCheck = {
  service: "sqs",
  operations: ["SetQueueAttributes"],
  source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html",
  check: ({ QueueUrl, Attributes }) => {
    const attributes = object(Attributes);
    const isFifo = text(QueueUrl).endsWith(".fifo");
    const type = text(attributes.FifoQueue);
    return type !== "" && type !== String(isFifo)
      ? {
          code: "InvalidAttributeValue",
          message: "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.",
        }
      : deadLettersOfOtherType(attributes, isFifo);
  },
};

function deadLettersOfOtherType({ RedrivePolicy }: JsonObject, isFifo: boolean): Refusal | undefined {
  const { deadLetterTargetArn } = object(valueOf(text(RedrivePolicy)));
  const deadLetters = text(deadLetterTargetArn);
  const reason = "Dead-letter queue must be same type of queue as the source.";
  return deadLetters !== "" && deadLetters.endsWith(".fifo") !== isFifo
    ? invalid("RedrivePolicy", text(RedrivePolicy), reason)
    : undefined;
}

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/high-throughput-fifo.html
function throughput({ FifoThroughputLimit, DeduplicationScope }: JsonObject): Refusal | undefined {
  return FifoThroughputLimit === "perMessageGroupId" && DeduplicationScope !== "messageGroup"
    ? {
        code: "InvalidAttributeValue",
        message:
          "Value perMessageGroupId for parameter FifoThroughputLimit is invalid. Reason: DeduplicationScope must be messageGroup.",
      }
    : undefined;
}

function unknownAttribute(name: string): Refusal {
  return { code: "InvalidAttributeName", message: `Unknown Attribute ${name}.` };
}

function invalidAttribute(name: string): Refusal {
  return { code: "InvalidAttributeValue", message: `Invalid value for the parameter ${name}.` };
}

function invalid(name: string, value: string, reason: string): Refusal {
  return {
    code: "InvalidParameterValue",
    message: `Value ${value} for parameter ${name} is invalid. Reason: ${reason}`,
  };
}

function numbers(attributes: JsonObject): Refusal | undefined {
  const wrong = ranges.find(([name, minimum, maximum]) => {
    const value = text(attributes[name]);
    return value !== "" && (!/^\d+$/.test(value) || isOutside(value, minimum, maximum));
  });
  return wrong && invalidAttribute(wrong[0]);
}

function choices(attributes: JsonObject): Refusal | undefined {
  const wrong = words.find(([name, values]) => {
    const value = text(attributes[name]);
    return value !== "" && !values.some((word) => word === value.toLowerCase() || word === value);
  });
  return wrong && invalidAttribute(wrong[0]);
}

function encryption({ SqsManagedSseEnabled, KmsMasterKeyId }: JsonObject): Refusal | undefined {
  return SqsManagedSseEnabled === "true" && text(KmsMasterKeyId) !== ""
    ? {
        code: "InvalidAttributeValue",
        message:
          "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.",
      }
    : undefined;
}

function redrive({ RedrivePolicy }: JsonObject): Refusal | undefined {
  const written = text(RedrivePolicy);
  if (written === "") return undefined;
  const policy = valueOf(written);
  const refuse = (reason: string) => invalid("RedrivePolicy", written, reason);
  if (!isObject(policy)) return refuse("Redrive policy is not a valid JSON map.");
  if (Object.keys(policy).length === 0) return undefined;
  const missing = ["deadLetterTargetArn", "maxReceiveCount"].find((name) => policy[name] === undefined);
  if (missing !== undefined) return refuse(`Redrive policy does not contain mandatory attribute: ${missing}.`);
  if (!/^arn:[\w-]+:sqs:[\w-]+:\d{12}:[\w.-]+$/.test(text(policy.deadLetterTargetArn))) {
    return refuse("Invalid value for deadLetterTargetArn.");
  }
  const count = numberOf(policy.maxReceiveCount);
  return count === undefined || !Number.isInteger(count) || count < 1 || count > 1000
    ? refuse(
        `Invalid value for maxReceiveCount: ${JSON.stringify(policy.maxReceiveCount)}, valid values are from 1 to 1000 both inclusive.`,
      )
    : undefined;
}

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
function redriveAllow({ RedriveAllowPolicy }: JsonObject): Refusal | undefined {
  const written = text(RedriveAllowPolicy);
  if (written === "") return undefined;
  const policy = valueOf(written);
  const refuse = (reason: string) => invalid("RedriveAllowPolicy", written, reason);
  if (!isObject(policy)) return refuse("Redrive allow policy is not a valid JSON map.");
  const { redrivePermission, sourceQueueArns } = policy;
  if (Object.keys(policy).length === 0) return undefined;
  if (!["allowAll", "denyAll", "byQueue"].includes(text(redrivePermission))) {
    return refuse("Invalid value for redrivePermission, valid values are allowAll, denyAll and byQueue.");
  }
  const sources = list(sourceQueueArns).length;
  if (redrivePermission === "byQueue" && (sources < 1 || sources > 10)) {
    return refuse("sourceQueueArns must have 1 to 10 ARNs when redrivePermission is byQueue.");
  }
  return redrivePermission !== "byQueue" && sources > 0
    ? refuse("sourceQueueArns can be specified only when redrivePermission is byQueue.")
    : undefined;
}
