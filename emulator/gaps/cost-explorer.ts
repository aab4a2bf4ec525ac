import { randomUUID } from "node:crypto";
import type { AwsRequest, Gap, Handler } from "../proxy/gap";
import { jsonError, jsonReply } from "../wire/edit";
import { list, object, omit, parseJson, text, type JsonObject, type JsonValue } from "../wire/json";
import { Memory } from "../wire/memory";
import { Tags } from "../wire/tags";

/** moto has no monitors of cost anomalies; shown by `aws_ce_anomaly_monitor` and `aws_ce_anomaly_subscription`. */
export function costExplorer(): Gap {
  const tags = new Tags();
  return {
    service: "ce",
    handlers: {
      ...kept("AnomalyMonitor", "MonitorArn", "anomalymonitor", tags),
      ...kept("AnomalySubscription", "SubscriptionArn", "anomalysubscription", tags),
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
    },
  };
}

/** Creates, changes, tells and deletes one kind, such as `AnomalyMonitor` by its `MonitorArn`. */
function kept(kind: string, arnKey: string, arnType: string, tags: Tags): Readonly<Record<string, Handler>> {
  const memory = new Memory<JsonObject>();
  const unknown = (arn: JsonValue) =>
    jsonError(`Unknown${kind.replace("Anomaly", "")}Exception`, `There is no ${text(arn)}.`);
  return {
    [`Create${kind}`]: (request) => {
      const { [kind]: sent, ResourceTags } = parseJson(request.body);
      const arn = `arn:aws:ce::${request.account}:${arnType}/${randomUUID()}`;
      memory.of(request).set(arn, { ...object(sent), [arnKey]: arn, AccountId: request.account });
      tags.add(request, arn, ResourceTags);
      return jsonReply({ [arnKey]: arn });
    },
    [`Update${kind}`]: (request) => {
      const sent = parseJson(request.body);
      const known = memory.of(request).get(text(sent[arnKey]));
      if (known === undefined) return unknown(sent[arnKey]);
      memory.of(request).set(text(sent[arnKey]), { ...known, ...omit(sent, ["Threshold"]) });
      return jsonReply({ [arnKey]: sent[arnKey] });
    },
    [`Get${kind}s`]: (request) => {
      const wanted = list(parseJson(request.body)[`${arnKey}List`]);
      const found = [...memory.of(request).values()].filter((each) => isWanted(wanted, each[arnKey]));
      return jsonReply({ [`${kind}s`]: found });
    },
    [`Delete${kind}`]: (request) => {
      const arn = parseJson(request.body)[arnKey];
      return memory.of(request).delete(text(arn)) ? jsonReply({}) : unknown(arn);
    },
  };
}

function isWanted(wanted: readonly JsonValue[], arn: JsonValue): boolean {
  return wanted.length === 0 || wanted.includes(arn);
}

/** moto tags what it knows by itself. */
function ifTagged(tags: Tags, answer: (request: AwsRequest, arn: JsonValue, sent: JsonObject) => JsonObject): Handler {
  return (request, forward) => {
    const sent = parseJson(request.body);
    return tags.has(request, sent.ResourceArn) ? jsonReply(answer(request, sent.ResourceArn, sent)) : forward();
  };
}
