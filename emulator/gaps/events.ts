import type { Gap } from "../proxy/gap";
import { Store } from "../store";
import { object, parseJson, pick, text, type JsonObject } from "../wire/json";
import { editJson, isSuccess, jsonReply } from "../wire/reply";

const settings = ["DeadLetterConfig", "Description", "KmsKeyIdentifier", "LogConfig"];
const describeHeaders = { "x-amz-target": "AWSEvents.DescribeEventBus" };

/** moto does not change event buses, and loses where one logs; affects `aws_cloudwatch_event_bus`. */
export function events(): Gap {
  const changes = new Store<JsonObject>();
  const nameOf = (body: string | Buffer): string => text(parseJson(body).Name) || "default";
  return {
    service: "events",
    handlers: {
      CreateEventBus: async (request, forward) => {
        const sent = pick(parseJson(request.body), ["LogConfig"]);
        return editJson(await forward(), (body) => {
          changes.of(request).set(nameOf(request.body), sent);
          return { ...body, ...sent };
        });
      },
      UpdateEventBus: async (request, forward) => {
        const name = nameOf(request.body);
        const described = await forward({ headers: describeHeaders, body: JSON.stringify({ Name: name }) });
        if (!isSuccess(described)) return described;
        const change = { ...changes.of(request).get(name), ...pick(parseJson(request.body), settings) };
        changes.of(request).set(name, change);
        const { Arn, Name, ...before } = object(parseJson(described.body));
        return jsonReply({ Arn, Name, ...pick(before, settings), ...change });
      },
      DescribeEventBus: async (request, forward) =>
        editJson(await forward(), (body) => ({ ...body, ...changes.of(request).get(text(body.Name)) })),
    },
  };
}
