import type { AwsRequest, Gap } from "../proxy/gap";
import { Store, Tags } from "../store";
import { formElements, formList, formObjects, listForm, mergeForms } from "../wire/form";
import { editXml, isSuccess, queryReply } from "../wire/reply";
import { element, find, findAll, setChild, textOf, type Element } from "../wire/xml";

const suppressor = ["ActionsSuppressor", "ActionsSuppressorWaitPeriod", "ActionsSuppressorExtensionPeriod"];
const textFields = ["AlarmName", "AlarmDescription", "AlarmRule", "ActionsEnabled", ...suppressor];
const listFields = ["AlarmActions", "OKActions", "InsufficientDataActions"];

/**
 * moto lacks composite alarms, and of extended statistics it takes percentiles only; affects
 * `aws_cloudwatch_composite_alarm`, and `extended_statistic` of `aws_cloudwatch_metric_alarm`.
 */
export function cloudWatch(): Gap {
  const alarms = new Store<Element>();
  const statistics = new Store<string>();
  const tags = new Tags();
  const isRequested = ({ form }: AwsRequest, name: string): boolean => {
    const names = formList(form, "AlarmNames");
    return names.length === 0 || names.includes(name);
  };

  return {
    service: "monitoring",
    handlers: {
      PutMetricAlarm: async (request, forward) => {
        const name = request.form.get("AlarmName") ?? "";
        const statistic = request.form.get("ExtendedStatistic");
        const form = new URLSearchParams(request.form);
        if (statistic !== null) form.set("ExtendedStatistic", "p50");
        const reply = await forward({ body: form.toString() });
        if (!isSuccess(reply)) return reply;
        if (statistic === null) statistics.of(request).delete(name);
        else statistics.of(request).set(name, statistic);
        return reply;
      },
      DescribeAlarmsForMetric: async (request, forward) =>
        editXml(await forward(), (root) => {
          const sent = statistics.of(request);
          restoreStatistics(sent, findAll(root, "DescribeAlarmsForMetricResult", "MetricAlarms", "member"));
        }),
      PutCompositeAlarm: (request) => {
        const name = request.form.get("AlarmName") ?? "";
        const arn = arnOf(request, name);
        alarms.of(request).set(name, compositeAlarm(request.form, arn));
        const sent = formObjects(request.form, "Tags").map((tag) => ({ Key: tag.get("Key"), Value: tag.get("Value") }));
        if (sent.length > 0 || !tags.has(request, arn)) tags.add(request, arn, sent);
        return queryReply("PutCompositeAlarm", []);
      },
      DescribeAlarms: async (request, forward) => {
        const types = formList(request.form, "AlarmTypes");
        return editXml(await forward(), (root) => {
          const result = find(root, "DescribeAlarmsResult");
          if (!result) return;
          restoreStatistics(statistics.of(request), findAll(result, "MetricAlarms", "member"));
          if (!types.includes("CompositeAlarm")) return;
          const composite = [...alarms.of(request)].filter(([name]) => isRequested(request, name));
          setChild(
            result,
            element(
              "CompositeAlarms",
              composite.map(([, alarm]) => alarm),
            ),
          );
          if (!types.includes("MetricAlarm")) setChild(result, element("MetricAlarms", []));
        });
      },
      DeleteAlarms: async (request, forward) => {
        const names = formList(request.form, "AlarmNames");
        const metric = names.filter((name) => !alarms.of(request).delete(name));
        if (metric.length === 0) return queryReply("DeleteAlarms", []);
        const version = { Action: "DeleteAlarms", Version: request.form.get("Version") ?? "" };
        return forward({ body: mergeForms(new URLSearchParams(version), listForm("AlarmNames", metric)).toString() });
      },
      ListTagsForResource: async (request, forward) => {
        const arn = request.form.get("ResourceARN");
        if (!tags.has(request, arn)) return forward();
        const all = tags
          .listOf(request, arn)
          .map(({ Key, Value }) => element("member", [element("Key", Key), element("Value", Value)]));
        return queryReply("ListTagsForResource", [element("Tags", all)]);
      },
      TagResource: async (request, forward) => {
        const arn = request.form.get("ResourceARN");
        if (!tags.has(request, arn)) return forward();
        const sent = formObjects(request.form, "Tags").map((tag) => ({ Key: tag.get("Key"), Value: tag.get("Value") }));
        tags.add(request, arn, sent);
        return queryReply("TagResource", []);
      },
      UntagResource: async (request, forward) => {
        const arn = request.form.get("ResourceARN");
        if (!tags.has(request, arn)) return forward();
        tags.remove(request, arn, formList(request.form, "TagKeys"));
        return queryReply("UntagResource", []);
      },
    },
  };
}

function restoreStatistics(sent: ReadonlyMap<string, string>, metricAlarms: readonly Element[]): void {
  for (const alarm of metricAlarms) {
    const statistic = sent.get(textOf(alarm, "AlarmName"));
    if (statistic !== undefined) setChild(alarm, element("ExtendedStatistic", statistic));
  }
}

function arnOf({ region, account }: AwsRequest, name: string): string {
  return `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;
}

function compositeAlarm(form: URLSearchParams, arn: string): Element {
  return element("member", [
    element("AlarmArn", arn),
    element("StateValue", "OK"),
    ...formElements(form, ...textFields),
    ...listFields.map((name) =>
      element(
        name,
        formList(form, name).map((value) => element("member", value)),
      ),
    ),
  ]);
}
