import { isFormula, type Metric } from "../metric";
import type { Placed, Widget } from "./layout";
import type { Line, Panel } from "./panel";

/** A dashboard as CloudWatch reads it. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
export function dashboardBody(widgets: readonly Widget[], alarms: Placed<readonly string[]>, region: string) {
  return {
    widgets: [
      ...(alarms.content.length === 0
        ? []
        : [{ type: "alarm", ...place(alarms), properties: { title: "Alarms", alarms: alarms.content } }]),
      ...widgets.map((widget) => {
        const { content } = widget;
        if ("heading" in content)
          return { type: "text", ...place(widget), properties: { markdown: `## ${content.heading}` } };
        return { type: "metric", ...place(widget), properties: curves(content, region) };
      }),
    ],
  };
}

function place({ x, y, width, height }: Placed<unknown>) {
  return { x, y, width, height };
}

function curves({ title, unit, lines, limit }: Panel, region: string) {
  return {
    title,
    region,
    view: "timeSeries",
    stacked: false,
    period: 60,
    metrics: lines.flatMap(entries),
    yAxis: { left: { min: 0, label: unit, showUnits: false } },
    ...(limit !== undefined && { annotations: { horizontal: [{ label: "alarm", value: limit }] } }),
  };
}

function entries({ label, measure, color, region }: Line, index: number) {
  const shown = { label, ...(color !== undefined && { color }), ...(region !== undefined && { region }) };
  if (!isFormula(measure)) return [entry(measure, shown)];
  // Ids are of the whole panel.
  const own = (id: string) => `line${index}${id}`;
  const expression = Object.keys(measure.metrics).reduce(
    (text, id) => text.replace(new RegExp(`\\b${id}\\b`, "g"), own(id)),
    measure.expression,
  );
  return [
    ...Object.entries(measure.metrics).map(([id, metric]) => entry(metric, { id: own(id), visible: false })),
    [{ ...shown, id: own(measure.id), expression }],
  ];
}

function entry({ namespace, metricName, dimensions, statistic }: Metric, options: object) {
  return [namespace, metricName, ...Object.entries(dimensions).flat(), { stat: statistic, ...options }];
}
