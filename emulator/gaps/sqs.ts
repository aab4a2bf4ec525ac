import type { AwsRequest, Gap } from "../proxy/gap";
import { editJson, isSuccess } from "../wire/edit";
import { list, object, omit, parseJson, pick, text, type JsonObject, type JsonValue } from "../wire/json";
import { Memory } from "../wire/memory";

/** What moto does not know. */
const unknown = "RedriveAllowPolicy";

/** What moto does not keep. */
const kept = ["Policy", unknown];

/**
 * moto forgets which queues may use a dead-letter queue, reformats a redrive policy, and loses the policy of a queue with any
 * other change; shown by `aws_sqs_queue_redrive_allow_policy` and `redrive_policy` of `aws_sqs_queue`, which wait until they
 * read what they wrote, and by `aws_sqs_queue_policy` after a change of its queue.
 */
export function sqs(): Gap {
  const queues = new Memory<JsonObject>();
  const pathOf = (queueUrl: JsonValue) => new URL(text(queueUrl)).pathname;
  const remembered = (request: AwsRequest, path: string) => queues.of(request).get(path) ?? {};

  return {
    service: "sqs",
    handlers: {
      CreateQueue: async (request, forward) => {
        const sent = parseJson(request.body);
        const attributes = object(sent.Attributes);
        const reply = await forward({ body: JSON.stringify({ ...sent, Attributes: omit(attributes, [unknown]) }) });
        if (isSuccess(reply)) {
          queues.of(request).set(pathOf(parseJson(reply.body).QueueUrl), pick(attributes, kept));
        }
        return reply;
      },
      // Calls for one queue come side by side: what is remembered here must not wait for moto.
      SetQueueAttributes: (request, forward) => {
        const sent = parseJson(request.body);
        const attributes = object(sent.Attributes);
        const path = pathOf(sent.QueueUrl);
        queues.of(request).set(path, { ...remembered(request, path), ...pick(attributes, kept) });
        return forward({ body: JSON.stringify({ ...sent, Attributes: omit(attributes, [unknown]) }) });
      },
      GetQueueAttributes: async (request, forward) => {
        const sent = parseJson(request.body);
        const wanted = list(sent.AttributeNames);
        const others = wanted.filter((attribute) => attribute !== unknown);
        // moto refuses an attribute that it does not know, and gives none without a name.
        const AttributeNames = others.length > 0 ? others : ["QueueArn"];
        return editJson(await forward({ body: JSON.stringify({ ...sent, AttributeNames }) }), (body) => {
          const attributes = others.length > 0 ? omit(object(body.Attributes), kept) : {};
          const { RedrivePolicy } = attributes;
          const own = Object.entries(remembered(request, pathOf(sent.QueueUrl))).filter(
            ([name, value]) => value !== "" && (wanted.includes("All") || wanted.includes(name)),
          );
          return {
            ...body,
            Attributes: {
              ...attributes,
              ...(typeof RedrivePolicy === "string" && { RedrivePolicy: compact(RedrivePolicy) }),
              ...Object.fromEntries(own),
            },
          };
        });
      },
    },
  };
}

function compact(json: string): string {
  return JSON.stringify(parseJson(json));
}
