import { numberOf } from "../../documents/values";
import { object, objects, text, type JsonObject } from "../../wire/json";
import type { Rule, RuleCall } from "../rule";
import { reference, service } from "./source";

/** Rules on the queues that invoke a function. */
export const eventSourceRules: readonly Rule[] = [
  {
    name: "event-source-mapping-exists",
    service,
    operations: ["CreateEventSourceMapping"],
    code: "ResourceConflictException",
    status: 409,
    rule: "A queue has one mapping to a function.",
    source: `${reference}/API_CreateEventSourceMapping.html`,
    refuse: async ({ input, ask }) => {
      const { EventSourceArn, FunctionName } = input;
      if (queueOf(EventSourceArn) === undefined) return undefined;
      const { EventSourceMappings } = await ask("ListEventSourceMappings", { EventSourceArn, FunctionName });
      const [existing] = objects(EventSourceMappings);
      return (
        existing &&
        `An event source mapping with SQS arn (" ${text(EventSourceArn)} ") and function (" ${text(FunctionName)} ") already exists. Please update or delete the existing mapping with UUID ${text(existing.UUID)}`
      );
    },
  },
  {
    name: "event-source-visibility-timeout",
    service,
    operations: ["CreateEventSourceMapping"],
    code: "InvalidParameterValueException",
    rule: "The visibility timeout of a queue is at least the timeout of the function that it invokes.",
    source: "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html",
    refuse: async (call) => {
      const visible = await visibilityTimeout(call);
      if (visible === undefined) return undefined;
      const { FunctionName } = call.input;
      const timeout = numberOf((await call.ask("GetFunctionConfiguration", { FunctionName })).Timeout);
      return timeout !== undefined && visible < timeout
        ? `Queue visibility timeout: ${visible} seconds is less than Function timeout: ${timeout} seconds`
        : undefined;
    },
  },
];

/** In seconds; undefined unless the source is a queue of the account and region. */
async function visibilityTimeout({ input, account, region, ask }: RuleCall): Promise<number | undefined> {
  const queue = queueOf(input.EventSourceArn);
  if (queue?.account !== account || queue.region !== region) return undefined;
  const { QueueUrl } = await ask("GetQueueUrl", { QueueName: queue.name }, "sqs");
  if (QueueUrl === undefined) return undefined;
  const { Attributes } = await ask("GetQueueAttributes", { QueueUrl, AttributeNames: ["VisibilityTimeout"] }, "sqs");
  return numberOf(object(Attributes).VisibilityTimeout);
}

function queueOf(arn: JsonObject[string]) {
  const [, region, account, name] = /^arn:[\w-]+:sqs:([\w-]+):(\d{12}):([\w.-]+)$/.exec(text(arn)) ?? [];
  return name === undefined ? undefined : { region, account, name };
}
