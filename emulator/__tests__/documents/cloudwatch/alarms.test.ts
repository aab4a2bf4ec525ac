import type { JsonObject } from "../../../wire/json";
import { refusalOf } from "../refusal";

const topic = "arn:aws:sns:us-east-1:111122223333:alarms";
const alarm = {
  AlarmName: "cpu-high",
  AlarmActions: [topic],
  MetricName: "CPUUtilization",
  Namespace: "AWS/ECS",
  Dimensions: [{ Name: "ServiceName", Value: "web" }],
  Statistic: "Average",
  Period: 60,
  EvaluationPeriods: 5,
  DatapointsToAlarm: 5,
  ComparisonOperator: "GreaterThanThreshold",
  Threshold: 80,
  TreatMissingData: "notBreaching",
};
const none = {
  MetricName: undefined,
  Namespace: undefined,
  Dimensions: undefined,
  Statistic: undefined,
  Period: undefined,
};
const query = (Id: string, ReturnData: boolean) => ({
  Id,
  ReturnData,
  MetricStat: { Metric: { MetricName: "Errors", Namespace: "AWS/SQS" }, Period: 60, Stat: "Sum" },
});
const expression = (Id: string, Expression: string) => ({ Id, Expression, ReturnData: true });
const anomaly = {
  ...none,
  Metrics: [query("value", true), expression("usual", "ANOMALY_DETECTION_BAND(value, 3)")],
  Threshold: undefined,
  ThresholdMetricId: "usual",
  ComparisonOperator: "GreaterThanUpperThreshold",
};

const message = (change: JsonObject) => {
  const refusal = refusalOf("monitoring", "PutMetricAlarm", { ...alarm, ...change });
  if (refusal) expect(refusal.code).toBe("ValidationError");
  return refusal?.message;
};

describe("a metric alarm", () => {
  it.each<[string, JsonObject]>([
    ["one metric", {}],
    ["a percentile", { Statistic: undefined, ExtendedStatistic: "p99.9" }],
    ["a trimmed mean", { Statistic: undefined, ExtendedStatistic: "TM(10%:90%)" }],
    [
      "an expression of two metrics",
      { ...none, Metrics: [query("m1", false), query("m2", false), expression("e1", "IF(m2 > 1e3, m1 / m2, 0)")] },
    ],
    ["a query", { ...none, Metrics: [expression("q1", `SELECT SUM("search (all)") FROM "AWS/SQS"`)] }],
    ["an expression", { ...none, Metrics: [query("a", false), expression("sum", "FILL(a, 0)")] }],
    ["an anomaly detection band", anomaly],
    ["a day of minutes", { EvaluationPeriods: 1440 }],
    ["a week of hours", { Period: 3600, EvaluationPeriods: 168 }],
    ["a high resolution", { Period: 10 }],
  ])("watches %s", (_, change) => {
    expect(message(change)).toBeUndefined();
  });

  it.each<[JsonObject, string | RegExp]>([
    [{ MetricName: undefined }, "MetricName must not be null"],
    [{ Period: undefined }, "Period must not be null"],
    [{ Metrics: [query("a", true)] }, "MetricName should not be set if list of Metrics is set."],
    [
      { ...none, Statistic: "Sum", Metrics: [query("a", true)] },
      "Statistic should not be set if list of Metrics is set.",
    ],
    [{ ...none, Metrics: [query("a", false)] }, "Exactly one element of the metrics list should return data."],
    [{ ...anomaly, Metrics: [query("value", true)] }, "Exactly two elements of the metrics list should return data."],
    [{ ...anomaly, ThresholdMetricId: "other" }, /^ThresholdMetricId must be the id/],
    [{ ...none, Metrics: [query("a", false), query("a", true)] }, /unique ids/],
    [{ ...none, Metrics: [query("Errors", true)] }, /'Errors' is not a valid id/],
    [
      { ...none, Metrics: [{ ...query("a", true), Expression: "b" }] },
      "The parameters MetricDataQuery Expression and MetricStat are mutually exclusive and you have specified both.",
    ],
    [{ ...none, Metrics: [{ Id: "a" }] }, /^Either MetricDataQuery Expression or MetricStat/],
    [{ ExtendedStatistic: "p99" }, /^Exactly one of Statistic and ExtendedStatistic/],
    [{ Statistic: undefined }, /^Exactly one of Statistic and ExtendedStatistic/],
    [
      {
        Dimensions: [
          { Name: "A", Value: "1" },
          { Name: "A", Value: "2" },
        ],
      },
      "Duplicate dimension name: A",
    ],
    [{ Period: 45 }, "Period must be 10, 20, 30 or a multiple of 60"],
    [{ EvaluationPeriods: 1441 }, /more than a day .*<= 86400/],
    [{ Period: 3600, EvaluationPeriods: 169 }, /more than seven days .*<= 604800/],
    [{ DatapointsToAlarm: 6 }, "DatapointsToAlarm must be less than or equal to EvaluationPeriods"],
    [{ Threshold: undefined }, "Threshold must not be null"],
    [{ ...anomaly, Threshold: 1 }, "Threshold and ThresholdMetricId cannot both be set"],
    [{ ComparisonOperator: "LessThanLowerThreshold" }, /only supported with ThresholdMetricId/],
    [{ ...anomaly, ComparisonOperator: "GreaterThanThreshold" }, /not supported with ThresholdMetricId/],
    [{ TreatMissingData: "notbreaching" }, /^Option notbreaching is not supported/],
    [{ AlarmActions: ["alarms"] }, "Invalid arn syntax: alarms"],
    [
      { OKActions: ["arn:aws:sqs:us-east-1:111122223333:alarms"] },
      "Unsupported alarm action: arn:aws:sqs:us-east-1:111122223333:alarms",
    ],
    [
      { ...none, Metrics: [expression("e1", `MAX(SEARCH('{AWS/SQS} queue1', "Sum", 60))`)] },
      "SEARCH is not supported on Metric Alarms",
    ],
    [
      { ...none, Metrics: [query("m1", false), expression("rate", "100 * m1 / m2")] },
      "Invalid metrics list: the id m2 in an expression is unknown.",
    ],
  ])("is refused with %j", (change, expected) => {
    const actual = message(change);
    if (typeof expected === "string") expect(actual).toBe(expected);
    else expect(actual).toMatch(expected);
  });
});

describe("an extended statistic", () => {
  const code = (ExtendedStatistic: string) =>
    refusalOf("monitoring", "PutMetricAlarm", { ...alarm, Statistic: undefined, ExtendedStatistic })?.code;

  it.each(
    "p99 p99.9 p0 p100 tm90 tc90 ts90 WM98 IQM TM(10%:90%) TC(0.005:0.030) TS(80%:) WM(:95%) PR(:300)".split(" "),
  )("can be %s", (statistic) => {
    expect(code(statistic)).toBeUndefined();
  });

  it.each("99 p p101 p-5 x99 median pr90 tm() TM(:) TM(90%:10%) TM(10%:1000) TM(5%:101%) PR(10%:90%)".split(" "))(
    "is never %s",
    (statistic) => {
      expect(code(statistic)).toBe("InvalidParameterValue");
    },
  );
});

describe("the rule of a composite alarm", () => {
  const refusal = (AlarmRule: string, rest: JsonObject = {}) =>
    refusalOf("monitoring", "PutCompositeAlarm", { AlarmName: "degraded", AlarmRule, ...rest })?.message;

  it.each([
    'ALARM("a b") OR ALARM("c")',
    "(ALARM(a) OR ALARM(b)) AND NOT OK(arn:aws:cloudwatch:us-east-1:111122223333:alarm:c)",
    "NOT (INSUFFICIENT_DATA(a) AND TRUE)",
    "FALSE",
    'AT_LEAST(2, ALARM, (a, "b c", d)) OR AT_LEAST(50%, NOT OK, (a, b))',
    'ALARM("quoted \\" name")',
  ])("is valid as %s", (rule) => {
    expect(refusal(rule)).toBeUndefined();
  });

  it.each([
    ["()", "Error in AlarmRule [Unsupported token ')' at char 1]"],
    ["ALARM(a b)", "Error in AlarmRule [Unsupported token 'b' at char 8, must be: ')']"],
    ["ALARM(a) ALARM(b)", "Error in AlarmRule [Unsupported token 'ALARM' at char 9]"],
    ["FIRING(a)", "Error in AlarmRule [Unsupported token 'FIRING' at char 0]"],
    ["ALARM(a) AND", "Error in AlarmRule [Unexpected end]"],
    ["(ALARM(a)", "Error in AlarmRule [Unexpected end]"],
    ['ALARM("")', "Error in AlarmRule [Unsupported token '\"\"' at char 6]"],
    ["AT_LEAST(x, ALARM, (a))", "Error in AlarmRule [Unsupported token 'x' at char 9]"],
    ["ALARM(degraded)", "Error in AlarmRule [Alarm degraded cannot refer to itself]"],
  ])("is refused as %s", (rule, expected) => {
    expect(refusal(rule)).toBe(expected);
  });

  it("has at most 100 alarms", () => {
    const rule = (count: number) => Array.from({ length: count }, (_, index) => `ALARM(a${index})`).join(" OR ");
    expect(refusal(rule(100))).toBeUndefined();
    expect(refusal(rule(101))).toMatch(/More than 100 alarms/);
  });

  it("has a suppressor together with its periods", () => {
    const periods = { ActionsSuppressorWaitPeriod: 60, ActionsSuppressorExtensionPeriod: 60 };
    expect(refusal("TRUE", { ...periods, ActionsSuppressor: "maintenance" })).toBeUndefined();
    expect(refusal("TRUE", periods)).toMatch(/cannot be specified without ActionsSuppressor/);
    expect(refusal("TRUE", { ActionsSuppressor: "maintenance" })).toMatch(/must be specified when/);
  });

  it("has actions that are ARNs", () => {
    expect(refusal("TRUE", { AlarmActions: [topic], OKActions: [topic] })).toBeUndefined();
    expect(refusal("TRUE", { OKActions: ["topic"] })).toBe("Invalid arn syntax: topic");
  });
});

describe("a metric that is written", () => {
  it("has no namespace of AWS", () => {
    const put = (Namespace: string) => refusalOf("monitoring", "PutMetricData", { Namespace })?.code;
    expect([put("Shop"), put("Shop/AWS"), put("AWS/EC2")]).toEqual([undefined, undefined, "InvalidParameterValue"]);
  });
});
