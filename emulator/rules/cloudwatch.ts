import { readAlarmRule } from "../documents/cloudwatch/alarm-rule";
import { list, objects, text, type JsonObject } from "../wire/json";
import type { RuleCall, RuleSet } from "./rule";

const service = "monitoring";
const reference = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference";

/** Rules of CloudWatch on the actions of alarms, and between composite alarms and the alarms in their rules. */
export function cloudWatch(): RuleSet {
  return {
    rules: [
      {
        name: "composite-alarm-of-unknown-alarm",
        service,
        operations: ["PutCompositeAlarm"],
        code: "ValidationError",
        rule: "The alarms in the rule of a composite alarm must exist.",
        source: `${reference}/API_PutCompositeAlarm.html`,
        refuse: async (call) => {
          const names = alarmsIn(call.input.AlarmRule);
          if (names.length === 0) return undefined;
          const found = await call.ask("DescribeAlarms", {
            AlarmNames: names,
            AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
          });
          const known = [...objects(found.MetricAlarms), ...objects(found.CompositeAlarms)];
          const missing = names.filter((name) => !known.some(({ AlarmName }) => AlarmName === name));
          return missing.length > 0
            ? `Could not save the composite alarm as alarms [${missing.join(", ")}] in the alarm rule do not exist`
            : undefined;
        },
      },
      {
        name: "alarm-action-region",
        service,
        operations: ["PutMetricAlarm", "PutCompositeAlarm"],
        code: "ValidationError",
        rule: "The topics and scaling policies that an alarm notifies are in its Region.",
        source: `${reference}/API_PutMetricAlarm.html`,
        refuse: ({ input, region }) => {
          const actions = [input.AlarmActions, input.OKActions, input.InsufficientDataActions].flatMap(list).map(text);
          const regions = actions.map((arn) => /^arn:[\w-]+:(?:sns|autoscaling):([^:]+):/.exec(arn)?.[1] ?? region);
          const other = regions.find((each) => each !== region);
          return other === undefined ? undefined : `Invalid region ${other} specified. Only ${region} is supported.`;
        },
      },
      {
        name: "alarm-of-composite-alarm",
        service,
        operations: ["DeleteAlarms"],
        code: "ValidationError",
        rule: "An alarm in the rule of a composite alarm cannot be deleted.",
        source: `${reference}/API_DeleteAlarms.html`,
        refuse: async (call) => {
          const names = list(call.input.AlarmNames).map(text);
          const composite = await compositeAlarms(call);
          const parents = composite.filter(({ AlarmName }) => !names.includes(text(AlarmName)));
          const used = names.filter((name) => parents.some(({ AlarmRule }) => alarmsIn(AlarmRule).includes(name)));
          return used.length > 0
            ? `Cannot delete ${used.join(",")} as there are composite alarm(s) depending on ${used.length > 1 ? "them" : "it"}.`
            : undefined;
        },
      },
      {
        name: "one-composite-alarm-a-deletion",
        service,
        operations: ["DeleteAlarms"],
        code: "ValidationError",
        rule: "One request deletes at most one composite alarm.",
        source: `${reference}/API_DeleteAlarms.html`,
        refuse: async (call) => {
          const names = list(call.input.AlarmNames).map(text);
          const composite = await compositeAlarms(call);
          return composite.filter(({ AlarmName }) => names.includes(text(AlarmName))).length > 1
            ? "More than one composite alarm cannot be deleted in one request."
            : undefined;
        },
      },
    ],
  };
}

async function compositeAlarms({ ask }: RuleCall): Promise<readonly JsonObject[]> {
  return objects((await ask("DescribeAlarms", { AlarmTypes: ["CompositeAlarm"] })).CompositeAlarms);
}

/** The names of the alarms in a rule, which may have their ARNs. */
function alarmsIn(rule: JsonObject[string]): readonly string[] {
  return readAlarmRule(text(rule)).alarms.map((alarm) => alarm.replace(/^arn:.*:alarm:/, ""));
}
