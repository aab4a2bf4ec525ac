import { randomUUID } from "node:crypto";
import type { AwsRequest, Gap, Handler, Handlers } from "../proxy/gap";
import { Store, Tags } from "../store";
import { list, object, omit, parseJson, text, type JsonObject, type JsonValue } from "../wire/json";
import { jsonError, jsonReply } from "../wire/reply";
import { globally } from "./global";

/** moto lacks cost anomaly detection; affects `aws_ce_anomaly_monitor` and `aws_ce_anomaly_subscription`. */
export function costExplorer(): Gap {
  const tags = new Tags();
  return {
    service: "ce",
    handlers: globally({
      ...resourceHandlers("AnomalyMonitor", "MonitorArn", "anomalymonitor", tags),
      ...resourceHandlers("AnomalySubscription", "SubscriptionArn", "anomalysubscription", tags),
      ListTagsForResource: ifTagged(tags, (request, ResourceArn) => {
        return { ResourceTags: tags.listOf(request, ResourceArn) };
      }),
      TagResource: ifTagged(tags, (request, ResourceArn, { ResourceTags }) => {
        tags.add(request, ResourceArn, ResourceTags);
        return {};
      }),
      UntagResource: ifTagged(tags, (request, ResourceArn, { ResourceTagKeys }) => {
        tags.remove(request, ResourceArn, ResourceTagKeys);
        return {};
      }),
    }),
  };
}

/** The Create, Update, Get and Delete handlers of a resource type, such as `AnomalyMonitor` by its `MonitorArn`. */
function resourceHandlers(type: string, arnKey: string, arnType: string, tags: Tags): Handlers {
  const resources = new Store<JsonObject>();
  const notFound = (arn: JsonValue) =>
    jsonError(`Unknown${type.replace("Anomaly", "")}Exception`, `${text(arn)} does not exist.`);
  return {
    [`Create${type}`]: (request) => {
      const { [type]: sent, ResourceTags } = parseJson(request.body);
      const arn = `arn:aws:ce::${request.account}:${arnType}/${randomUUID()}`;
      resources.of(request).set(arn, { ...object(sent), [arnKey]: arn, AccountId: request.account });
      tags.add(request, arn, ResourceTags);
      return jsonReply({ [arnKey]: arn });
    },
    [`Update${type}`]: (request) => {
      const sent = parseJson(request.body);
      const before = resources.of(request).get(text(sent[arnKey]));
      if (before === undefined) return notFound(sent[arnKey]);
      resources.of(request).set(text(sent[arnKey]), { ...before, ...omit(sent, ["Threshold"]) });
      return jsonReply({ [arnKey]: sent[arnKey] });
    },
    [`Get${type}s`]: (request) => {
      const arns = list(parseJson(request.body)[`${arnKey}List`]);
      const all = [...resources.of(request).values()];
      return jsonReply({ [`${type}s`]: all.filter((each) => arns.length === 0 || arns.includes(each[arnKey])) });
    },
    [`Delete${type}`]: (request) => {
      const arn = parseJson(request.body)[arnKey];
      return resources.of(request).delete(text(arn)) ? jsonReply({}) : notFound(arn);
    },
  };
}

// moto itself tags the resources that it emulates.
function ifTagged(tags: Tags, handle: (request: AwsRequest, arn: JsonValue, sent: JsonObject) => JsonObject): Handler {
  return (request, forward) => {
    const sent = parseJson(request.body);
    return tags.has(request, sent.ResourceArn) ? jsonReply(handle(request, sent.ResourceArn, sent)) : forward();
  };
}
