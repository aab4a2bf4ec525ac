import type { AwsRequest, Gap } from "../proxy/gap";
import { Store, Tags } from "../store";
import { formElements, formList, formObjects, listForm, mergeForms } from "../wire/form";
import { editXml, queryReply } from "../wire/reply";
import { element, find, setChild, type Element } from "../wire/xml";

const textFields = ["AlarmName", "AlarmDescription", "AlarmRule", "ActionsEnabled", "ActionsSuppressor"];
const listFields = ["AlarmActions", "OKActions", "InsufficientDataActions"];

/** moto lacks composite alarms; affects `aws_cloudwatch_composite_alarm`. */
export function cloudWatch(): Gap {
  const alarms = new Store<Element>();
  const tags = new Tags();
  const isRequested = ({ form }: AwsRequest, name: string): boolean => {
    const names = formList(form, "AlarmNames");
    return names.length === 0 || names.includes(name);
  };

  return {
    service: "monitoring",
    handlers: {
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
        if (!types.includes("CompositeAlarm")) return forward();
        return editXml(await forward(), (root) => {
          const result = find(root, "DescribeAlarmsResult");
          if (!result) return;
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
