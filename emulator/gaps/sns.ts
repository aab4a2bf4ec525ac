import type { AwsRequest, Gap } from "../proxy/gap";
import { formObjects } from "../wire/form";
import type { JsonObject } from "../wire/json";
import { editXml, isSuccess } from "../wire/reply";
import { element, find, parseXml, textOf } from "../wire/xml";
import { Overlay } from "./overlay";

const lost =
  /^(TracingConfig|SignatureVersion|ArchivePolicy|FifoThroughputScope|[A-Za-z]+(Success|Failure)Feedback(RoleArn|SampleRate))$/;

/**
 * moto loses attributes of a topic: tracing, the version of signatures, the log of deliveries, and the archive; affects
 * `tracing_config`, `signature_version`, `*_feedback_*`, `archive_policy` and `fifo_throughput_scope` of `aws_sns_topic`.
 * https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html
 */
export function sns(): Gap {
  const attributes = new Overlay();
  return {
    service: "sns",
    handlers: {
      CreateTopic: async (request, forward) => {
        const reply = await forward();
        const arn = isSuccess(reply) ? textOf(parseXml(reply.body), "CreateTopicResult", "TopicArn") : "";
        // A topic that exists keeps its attributes.
        if (arn !== "" && !attributes.has(request, arn)) attributes.set(request, arn, created(request));
        return reply;
      },
      SetTopicAttributes: async (request, forward) => {
        const reply = await forward();
        const [name, value] = [request.form.get("AttributeName") ?? "", request.form.get("AttributeValue") ?? ""];
        if (isSuccess(reply) && lost.test(name)) attributes.set(request, arnOf(request), { [name]: value });
        return reply;
      },
      GetTopicAttributes: async (request, forward) =>
        editXml(await forward(), (root) => {
          const map = find(root, "GetTopicAttributesResult", "Attributes");
          for (const [name, value] of Object.entries(attributes.apply(request, arnOf(request), {}))) {
            if (typeof value !== "string" || value === "") continue;
            map?.children.push(element("entry", [element("key", name), element("value", value)]));
          }
        }),
      DeleteTopic: async (request, forward) => {
        const reply = await forward();
        if (isSuccess(reply)) attributes.delete(request, arnOf(request));
        return reply;
      },
    },
  };
}

function created({ form }: AwsRequest): JsonObject {
  const sent = formObjects(form, "Attributes").map((each): [string, string] => [
    each.get("key") ?? "",
    each.get("value") ?? "",
  ]);
  return Object.fromEntries(sent.filter(([name]) => lost.test(name)));
}

function arnOf({ form }: AwsRequest): string {
  return form.get("TopicArn") ?? "";
}
