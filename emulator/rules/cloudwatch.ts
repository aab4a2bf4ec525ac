import { list, objects, text, type JsonObject } from "../wire/json";
import type { RuleCall, RuleSet } from "./rule";

const service = "monitoring";
const reference = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference";

/** Rules of CloudWatch between composite alarms and the alarms in their rules. */
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
      {
        name: "alarm-period",
        service,
        operations: ["PutMetricAlarm"],
        code: "ValidationError",
        rule: "An alarm looks at whole minutes or at 10, 20 or 30 seconds, and at one day or seven in all.",
        source: `${reference}/API_PutMetricAlarm.html`,
        refuse: ({ input: { Period, EvaluationPeriods, DatapointsToAlarm } }) => {
          if (typeof EvaluationPeriods !== "number") return undefined;
          if (typeof DatapointsToAlarm === "number" && DatapointsToAlarm > EvaluationPeriods) {
            return "DatapointsToAlarm must be less than or equal to EvaluationPeriods";
          }
          if (typeof Period !== "number") return undefined;
          if (Period % 60 !== 0 && ![10, 20, 30].includes(Period)) {
            return "Period must be 10, 20, 30 or a multiple of 60";
          }
          const longest = Period >= 3600 ? 604_800 : 86_400;
          return Period * EvaluationPeriods > longest
            ? `Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= ${longest}).`
            : undefined;
        },
      },
      {
        name: "alarm-statistic",
        service,
        operations: ["PutMetricAlarm"],
        code: "InvalidParameterCombination",
        rule: "An alarm has either a statistic or an extended statistic.",
        source: `${reference}/API_PutMetricAlarm.html`,
        refuse: ({ input }) =>
          text(input.Statistic) !== "" && text(input.ExtendedStatistic) !== ""
            ? "The parameters Statistic and ExtendedStatistic cannot be used together."
            : undefined,
      },
    ],
  };
}

async function compositeAlarms({ ask }: RuleCall): Promise<readonly JsonObject[]> {
  return objects((await ask("DescribeAlarms", { AlarmTypes: ["CompositeAlarm"] })).CompositeAlarms);
}

/** The names in a rule such as `ALARM("one") OR NOT OK(arn:aws:cloudwatch:...:alarm:two)`. */
function alarmsIn(rule: JsonObject[string]): readonly string[] {
  const states = text(rule).matchAll(/\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]+)"|([^()"\s]+))\s*\)/g);
  return [...states].map(([, quoted = "", plain = ""]) => (quoted || plain).replace(/^arn:.*:alarm:/, ""));
}
