import type { JsonObject, JsonValue } from "../../../wire/json";
import { refusalOf } from "../refusal";

const metric = {
  type: "metric",
  x: 0,
  y: 1,
  width: 8,
  height: 6,
  properties: {
    title: "Requests",
    region: "us-east-1",
    view: "timeSeries",
    stacked: false,
    period: 60,
    metrics: [
      [
        "AWS/ApplicationELB",
        "RequestCount",
        "LoadBalancer",
        "app/a/1",
        { stat: "Sum", label: "requests", color: "#d62728" },
      ],
      ["AWS/SQS", "NumberOfMessagesSent", { id: "line0a", visible: false }],
      ["AWS/SQS", "NumberOfMessagesSent"],
      [{ id: "line0sum", expression: "FILL(line0a, 0)", label: "sum" }],
    ],
    annotations: { horizontal: [{ label: "alarm", value: 10 }] },
  },
};
const widgets = [
  { type: "alarm", x: 0, y: 0, width: 24, height: 10, properties: { title: "Alarms", alarms: ["arn"] } },
  { type: "text", x: 0, y: 10, width: 24, height: 1, properties: { markdown: "## Traffic" } },
  { type: "log", width: 24, height: 6, properties: { region: "us-east-1", query: "SOURCE 'a' | fields @message" } },
  { type: "metric", properties: { annotations: { alarms: ["arn"] } } },
  metric,
];

const put = (body: JsonValue) => refusalOf("monitoring", "PutDashboard", { DashboardBody: JSON.stringify(body) });
const problems = (body: JsonValue): JsonValue => {
  const message = put(body)?.message ?? "";
  expect(message).toMatch(/^The dashboard body is invalid, there (is|are) \d+ validation errors?:\n/);
  return JSON.parse(message.slice(message.indexOf("\n"))) as JsonValue;
};
const withMetric = (change: JsonObject, properties: JsonObject = {}): JsonObject => ({
  widgets: [{ ...metric, ...change, properties: { ...metric.properties, ...properties } }],
});

it("takes a dashboard with widgets, and one without", () => {
  expect(put({ widgets, periodOverride: "inherit", start: "-PT6H" })).toBeUndefined();
  expect(put({ widgets: [] })).toBeUndefined();
});

it("refuses a name with other characters than letters, digits, - and _", () => {
  const code = (DashboardName: string) =>
    refusalOf("monitoring", "PutDashboard", { DashboardName, DashboardBody: '{"widgets":[]}' })?.code;
  expect(code("shop-Prod_01")).toBeUndefined();
  expect(code("shop prod")).toBe("InvalidParameterInput");
});

it("refuses what is not a JSON object", () => {
  const expected = { code: "InvalidParameterInput", message: "The field DashboardBody must be a valid JSON object" };
  expect(refusalOf("monitoring", "PutDashboard", { DashboardBody: "{" })).toEqual(expected);
  expect(put([])).toEqual(expected);
});

it.each<[JsonValue, string, string]>([
  [{}, "", "Should have required property 'widgets'"],
  [{ widgets: {} }, "/widgets", "Should be array"],
  [{ widgets: ["text"] }, "/widgets/0", "Should be object"],
  [{ widgets, periodOverride: "always" }, "/periodOverride", "Should be equal to one of the allowed values"],
  [{ widgets: [{ properties: {} }] }, "/widgets/0", "Should have required property 'type'"],
  [{ widgets: [{ type: "graph", properties: {} }] }, "/widgets/0/type", "Should be equal to one of the allowed values"],
  [{ widgets: [{ type: "text" }] }, "/widgets/0", "Should have required property 'properties'"],
  [
    { widgets: [{ type: "text", properties: {} }] },
    "/widgets/0/properties",
    "Should have required property 'markdown'",
  ],
  [withMetric({ width: 25 }), "/widgets/0/width", "Should be <= 24"],
  [withMetric({ height: 0 }), "/widgets/0/height", "Should be >= 1"],
  [withMetric({ x: 24 }), "/widgets/0/x", "Should be <= 23"],
  [withMetric({ y: 1.5 }), "/widgets/0/y", "Should be integer"],
  [withMetric({ y: undefined }), "/widgets/0", "Should have required property 'y'"],
  [withMetric({}, { region: undefined }), "/widgets/0/properties", "Should have required property 'region'"],
  [withMetric({}, { view: "graph" }), "/widgets/0/properties/view", "Should be equal to one of the allowed values"],
  [withMetric({}, { metrics: "a" }), "/widgets/0/properties/metrics", "Should be array"],
  [
    withMetric({}, { metrics: [["AWS/SQS", "Sent", { color: "red" }]] }),
    "/widgets/0/properties/metrics/0/2/color",
    'Should match pattern "^#[0-9a-fA-F]{6}$"',
  ],
  [
    withMetric({}, { metrics: [[{ label: "a" }]] }),
    "/widgets/0/properties/metrics/0/0",
    "Should have required property 'expression'",
  ],
  [
    withMetric({}, { metrics: [["AWS/SQS", "Sent", { id: "A" }]] }),
    "/widgets/0/properties/metrics/0/2/id",
    'Should match pattern "^[a-z][a-zA-Z0-9_]*$"',
  ],
  [
    { widgets: [{ type: "alarm", properties: { alarms: [] } }] },
    "/widgets/0/properties/alarms",
    "Should NOT have fewer than 1 items",
  ],
])("refuses %j", (body, dataPath, message) => {
  expect(problems(body)).toEqual([{ dataPath, message }]);
});

it("lists every problem of a metric", () => {
  expect(problems(withMetric({}, { metrics: ["AWS/SQS"] }))).toHaveLength(2);
  expect(problems(withMetric({}, { metrics: undefined }))).toEqual([
    { dataPath: "/widgets/0/properties", message: "Should have required property 'metrics'" },
    {
      dataPath: "/widgets/0/properties",
      message: "The metric widget should have specified a region and a data source or an alarm annotation",
    },
  ]);
});
