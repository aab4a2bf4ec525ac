import type { AwsRequest, Gap } from "../proxy/gap";
import { Store } from "../store";
import { list, object, omit, parseJson, pick, text, type JsonObject, type JsonValue } from "../wire/json";
import { editJson, isSuccess } from "../wire/reply";

/** The attribute that moto refuses. */
const refused = "RedriveAllowPolicy";

/** The attributes that moto loses. */
const lost = ["Policy", refused];

/**
 * moto lacks the redrive allow policy of a dead-letter queue, reformats a redrive policy, and loses the policy of a queue
 * at every other change; affects `aws_sqs_queue_redrive_allow_policy` and `redrive_policy` of `aws_sqs_queue`, which wait
 * until they read what they wrote, and `aws_sqs_queue_policy` after a change of its queue.
 */
export function sqs(): Gap {
  const attributesByPath = new Store<JsonObject>();
  const pathOf = (queueUrl: JsonValue) => new URL(text(queueUrl)).pathname;
  const storedAttributes = (request: AwsRequest, path: string) => attributesByPath.of(request).get(path) ?? {};

  return {
    service: "sqs",
    handlers: {
      CreateQueue: async (request, forward) => {
        const sent = parseJson(request.body);
        const attributes = object(sent.Attributes);
        const reply = await forward({ body: JSON.stringify({ ...sent, Attributes: omit(attributes, [refused]) }) });
        if (isSuccess(reply)) {
          attributesByPath.of(request).set(pathOf(parseJson(reply.body).QueueUrl), pick(attributes, lost));
        }
        return reply;
      },
      // Stored before moto replies, because calls for one queue are concurrent.
      SetQueueAttributes: (request, forward) => {
        const sent = parseJson(request.body);
        const attributes = object(sent.Attributes);
        const path = pathOf(sent.QueueUrl);
        attributesByPath.of(request).set(path, { ...storedAttributes(request, path), ...pick(attributes, lost) });
        return forward({ body: JSON.stringify({ ...sent, Attributes: omit(attributes, [refused]) }) });
      },
      GetQueueAttributes: async (request, forward) => {
        const sent = parseJson(request.body);
        const names = list(sent.AttributeNames);
        const others = names.filter((attribute) => attribute !== refused);
        // moto refuses the name of an attribute that it lacks, and returns no attributes without a name.
        const AttributeNames = others.length > 0 ? others : ["QueueArn"];
        return editJson(await forward({ body: JSON.stringify({ ...sent, AttributeNames }) }), (body) => {
          const attributes = others.length > 0 ? omit(object(body.Attributes), lost) : {};
          const { RedrivePolicy } = attributes;
          const stored = Object.entries(storedAttributes(request, pathOf(sent.QueueUrl))).filter(
            ([name, value]) => value !== "" && (names.includes("All") || names.includes(name)),
          );
          return {
            ...body,
            Attributes: {
              ...attributes,
              ...(typeof RedrivePolicy === "string" && { RedrivePolicy: compact(RedrivePolicy) }),
              ...Object.fromEntries(stored),
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
