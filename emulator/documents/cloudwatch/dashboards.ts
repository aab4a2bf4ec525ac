import { list, object, text, type JsonObject, type JsonValue } from "../../wire/json";
import { type DocumentCheck, type Refusal } from "../document";
import { isObject, isSet, valueOf } from "../values";

/** The name and the JSON of a dashboard. */
export const dashboards: DocumentCheck = {
  service: "monitoring",
  operations: ["PutDashboard"],
  source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html",
  check: ({ DashboardName, DashboardBody }) => {
    if (!/^[\w-]*$/.test(text(DashboardName))) {
      return invalid(
        `The value ${text(DashboardName)} for field DashboardName contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).`,
      );
    }
    const body = valueOf(text(DashboardBody));
    return isObject(body)
      ? refusalOf(problemsOf(body))
      : invalid("The field DashboardBody must be a valid JSON object");
  },
};

/** One of the problems that CloudWatch lists. */
interface Problem {
  readonly dataPath: string;
  readonly message: string;
}

const positions = [
  ["x", 0, 23],
  ["y", 0, undefined],
  ["width", 1, 24],
  ["height", 1, 1000],
] as const;

/** Properties that a widget of each type has to have. */
const required: Readonly<Record<string, readonly string[]>> = {
  text: ["markdown"],
  metric: [],
  log: ["region", "query"],
  alarm: ["alarms"],
  custom: ["endpoint"],
  explorer: [],
  chart: [],
};

function invalid(message: string): Refusal {
  return { code: "InvalidParameterInput", message };
}

function refusalOf(problems: readonly Problem[]): Refusal | undefined {
  if (problems.length === 0) return undefined;
  const count = problems.length === 1 ? "is 1 validation error" : `are ${problems.length} validation errors`;
  return invalid(`The dashboard body is invalid, there ${count}:\n${JSON.stringify(problems, undefined, 2)}`);
}

function problemsOf({ widgets, periodOverride }: JsonObject): readonly Problem[] {
  const found: Problem[] = [];
  if (isSet(periodOverride) && periodOverride !== "auto" && periodOverride !== "inherit") {
    found.push(notAllowed("/periodOverride"));
  }
  if (!isSet(widgets)) return [...found, missing("", "widgets")];
  if (!Array.isArray(widgets)) return [...found, { dataPath: "/widgets", message: "Should be array" }];
  const all = list(widgets);
  if (all.length > 500) found.push({ dataPath: "/widgets", message: "Should NOT have more than 500 items" });
  return [...found, ...all.flatMap((widget, index) => widgetProblems(widget, `/widgets/${index}`))];
}

function widgetProblems(widget: JsonValue, path: string): readonly Problem[] {
  if (!isObject(widget)) return [{ dataPath: path, message: "Should be object" }];
  const { type, properties } = widget;
  const found = [...positionProblems(widget, path)];
  if (!isSet(type)) return [...found, missing(path, "type")];
  const names = required[text(type)];
  if (!names) return [...found, notAllowed(`${path}/type`)];
  if (!isObject(properties)) {
    return [
      ...found,
      isSet(properties) ? { dataPath: `${path}/properties`, message: "Should be object" } : missing(path, "properties"),
    ];
  }
  const at = `${path}/properties`;
  found.push(...names.filter((name) => !isSet(properties[name])).map((name) => missing(at, name)));
  if (type === "metric") found.push(...metricProblems(properties, at));
  if (type === "alarm") found.push(...alarmProblems(properties.alarms, `${at}/alarms`));
  return found;
}

function positionProblems(widget: JsonObject, path: string): readonly Problem[] {
  const found: Problem[] = [];
  for (const [name, minimum, maximum] of positions) {
    const value = widget[name];
    if (!isSet(value)) continue;
    const dataPath = `${path}/${name}`;
    if (!Number.isInteger(value)) found.push({ dataPath, message: "Should be integer" });
    else if (Number(value) < minimum) found.push({ dataPath, message: `Should be >= ${minimum}` });
    else if (maximum !== undefined && Number(value) > maximum)
      found.push({ dataPath, message: `Should be <= ${maximum}` });
  }
  // A widget has both or neither.
  if (isSet(widget.x) !== isSet(widget.y)) found.push(missing(path, isSet(widget.x) ? "y" : "x"));
  return found;
}

function metricProblems(properties: JsonObject, path: string): readonly Problem[] {
  const { metrics, region, annotations, view } = properties;
  const found: Problem[] = [];
  const hasAlarms = list(object(annotations).alarms).length > 0;
  if (!isSet(metrics) && !hasAlarms) {
    found.push(missing(path, "metrics"));
    found.push({
      dataPath: path,
      message: "The metric widget should have specified a region and a data source or an alarm annotation",
    });
  } else if (!isSet(region) && !hasAlarms) {
    found.push(missing(path, "region"));
  }
  if (isSet(view) && !["timeSeries", "singleValue", "gauge", "bar", "pie", "table"].includes(text(view))) {
    found.push(notAllowed(`${path}/view`));
  }
  if (!isSet(metrics)) return found;
  if (!Array.isArray(metrics)) return [...found, { dataPath: `${path}/metrics`, message: "Should be array" }];
  return [...found, ...list(metrics).flatMap((metric, index) => lineProblems(metric, `${path}/metrics/${index}`))];
}

/** A metric is a list of its namespace, name and dimensions, with how it is drawn as the last item. */
function lineProblems(metric: JsonValue, dataPath: string): readonly Problem[] {
  const message =
    'Field "metrics" has to be an array of array of strings, with an optional metricRenderer object as last element';
  if (!Array.isArray(metric)) {
    return [
      { dataPath, message: "Should be array" },
      { dataPath, message },
    ];
  }
  const items = list(metric);
  const last = items.at(-1);
  const names = isObject(last) ? items.slice(0, -1) : items;
  if (names.some((name) => typeof name !== "string") || items.length === 0) return [{ dataPath, message }];
  return isObject(last) ? rendererProblems(last, names.length, `${dataPath}/${items.length - 1}`) : [];
}

function rendererProblems(renderer: JsonObject, names: number, path: string): readonly Problem[] {
  const { color, expression, id } = renderer;
  const found: Problem[] = [];
  if (names === 0 && !isSet(expression)) found.push(missing(path, "expression"));
  if (isSet(color) && !/^#[0-9a-f]{3,8}$/i.test(text(color))) {
    found.push({ dataPath: `${path}/color`, message: 'Should match pattern "^#[0-9a-fA-F]{6}$"' });
  }
  if (isSet(id) && !/^[a-z]\w*$/.test(text(id))) {
    found.push({ dataPath: `${path}/id`, message: 'Should match pattern "^[a-z][a-zA-Z0-9_]*$"' });
  }
  return found;
}

function alarmProblems(alarms: JsonValue, dataPath: string): readonly Problem[] {
  if (!isSet(alarms)) return [];
  if (!Array.isArray(alarms)) return [{ dataPath, message: "Should be array" }];
  if (alarms.length === 0) return [{ dataPath, message: "Should NOT have fewer than 1 items" }];
  return alarms.length > 100 ? [{ dataPath, message: "Should NOT have more than 100 items" }] : [];
}

function missing(dataPath: string, property: string): Problem {
  return { dataPath, message: `Should have required property '${property}'` };
}

function notAllowed(dataPath: string): Problem {
  return { dataPath, message: "Should be equal to one of the allowed values" };
}
