import type { AwsRequest, Forward, Gap } from "../proxy/gap";
import { editJson, isSuccess } from "../wire/edit";
import { list, object, omit, parseJson, pick, text, type JsonObject, type JsonValue } from "../wire/json";
import { Memory } from "../wire/memory";

const name = "RedriveAllowPolicy";

/**
 * moto forgets which queues may use a dead-letter queue, reformats a redrive policy, and loses the policy of a queue with any
 * other change; shown by `aws_sqs_queue_redrive_allow_policy` and `redrive_policy` of `aws_sqs_queue`, which wait until they
 * read what they wrote, and by `aws_sqs_queue_policy` after a change of its queue.
 */
export function sqs(): Gap {
  const policies = new Memory<JsonValue>();
  const keep = (request: AwsRequest, queueUrl: string, attributes: JsonObject): void => {
    if (attributes[name] !== undefined) policies.of(request).set(new URL(queueUrl).pathname, attributes[name]);
  };

  return {
    service: "sqs",
    handlers: {
      CreateQueue: async (request, forward) => {
        const sent = parseJson(request.body);
        const attributes = object(sent.Attributes);
        const reply = await forward({ body: JSON.stringify({ ...sent, Attributes: omit(attributes, [name]) }) });
        if (isSuccess(reply)) keep(request, text(parseJson(reply.body).QueueUrl), attributes);
        return reply;
      },
      SetQueueAttributes: async (request, forward) => {
        const sent = parseJson(request.body);
        const attributes = object(sent.Attributes);
        keep(request, text(sent.QueueUrl), attributes);
        const Attributes = { ...(await policyOf(sent.QueueUrl, forward)), ...omit(attributes, [name]) };
        return forward({ body: JSON.stringify({ ...sent, Attributes }) });
      },
      GetQueueAttributes: async (request, forward) => {
        const sent = parseJson(request.body);
        const policy = policies.of(request).get(new URL(text(sent.QueueUrl)).pathname);
        const wanted = list(sent.AttributeNames);
        const isWanted = wanted.includes("All") || wanted.includes(name);
        const others = wanted.filter((attribute) => attribute !== name);
        // moto refuses an attribute that it does not know, and gives none without a name.
        const AttributeNames = others.length > 0 ? others : ["QueueArn"];
        return editJson(await forward({ body: JSON.stringify({ ...sent, AttributeNames }) }), (body) => {
          const attributes = others.length > 0 ? object(body.Attributes) : {};
          const { RedrivePolicy } = attributes;
          return {
            ...body,
            Attributes: {
              ...attributes,
              ...(typeof RedrivePolicy === "string" && { RedrivePolicy: compact(RedrivePolicy) }),
              ...(isWanted && policy != null && policy !== "" && { [name]: policy }),
            },
          };
        });
      },
    },
  };
}

async function policyOf(QueueUrl: JsonValue, forward: Forward): Promise<JsonObject> {
  const headers = { "x-amz-target": "AmazonSQS.GetQueueAttributes" };
  const reply = await forward({ headers, body: JSON.stringify({ QueueUrl, AttributeNames: ["Policy"] }) });
  return isSuccess(reply) ? pick(object(parseJson(reply.body).Attributes), ["Policy"]) : {};
}

function compact(json: string): string {
  return JSON.stringify(parseJson(json));
}
