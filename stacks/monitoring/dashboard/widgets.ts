import { isMathExpression, type Metric, type MetricOrExpression } from "../metrics/metric";

/** One line of a panel. */
export interface Line {
  readonly label: string;
  readonly metric: MetricOrExpression;
  /** @default - CloudWatch chooses */
  readonly color?: string;
  /** The region of the metric. @default - the stage's */
  readonly region?: string;
}

/** A graph of metrics. */
export interface Panel {
  readonly title: string;
  /** The label of the axis. */
  readonly unit: string;
  readonly lines: readonly Line[];
  /** The threshold of the alarm, drawn as a horizontal line. @default - not drawn */
  readonly threshold?: number | undefined;
}

/** Panels side by side below a heading. */
export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

export const colors = { serverError: "#d62728", clientError: "#ff9896", good: "#2ca02c" };

/** A row of the panels that have lines; no row where none has. */
export function row(title: string, ...panels: readonly Panel[]): Row[] {
  const shown = panels.filter(({ lines }) => lines.length > 0);
  return shown.length === 0 ? [] : [{ title, panels: shown }];
}

/** A widget at its position in the grid of CloudWatch, which is 24 columns wide. */
export interface Widget<Content = Heading | Panel> {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly content: Content;
}

export interface Heading {
  readonly heading: string;
}

const columns = 24;
const headingHeight = 1;
const panelHeight = 6;

/** Positions rows below each other from `top` on: a heading, then its panels in equal widths. */
export function layout(rows: readonly Row[], top: number): Widget[] {
  return rows.flatMap(({ title, panels }, index): Widget[] => {
    const y = top + index * (headingHeight + panelHeight);
    const width = Math.floor(columns / panels.length);
    return [
      { x: 0, y, width: columns, height: headingHeight, content: { heading: title } },
      ...panels.map((content, position) => ({
        x: position * width,
        y: y + headingHeight,
        width,
        height: panelHeight,
        content,
      })),
    ];
  });
}

/** The widget with the states of alarms, above all others. */
export function alarmsWidget(alarmArns: readonly string[]): Widget<readonly string[]> {
  const alarmsPerLine = 4;
  const height = alarmArns.length === 0 ? 0 : headingHeight + Math.ceil(alarmArns.length / alarmsPerLine);
  return { x: 0, y: 0, width: columns, height, content: alarmArns };
}

/** A dashboard as CloudWatch reads it. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
export function dashboardBody(widgets: readonly Widget[], alarms: Widget<readonly string[]>, region: string) {
  return {
    widgets: [
      ...(alarms.content.length === 0
        ? []
        : [{ type: "alarm", ...position(alarms), properties: { title: "Alarms", alarms: alarms.content } }]),
      ...widgets.map((widget) => {
        const { content } = widget;
        if ("heading" in content)
          return { type: "text", ...position(widget), properties: { markdown: `## ${content.heading}` } };
        return { type: "metric", ...position(widget), properties: metricProperties(content, region) };
      }),
    ],
  };
}

function position({ x, y, width, height }: Widget<unknown>) {
  return { x, y, width, height };
}

function metricProperties({ title, unit, lines, threshold }: Panel, region: string) {
  return {
    title,
    region,
    view: "timeSeries",
    stacked: false,
    period: 60,
    metrics: lines.flatMap(metricEntries),
    yAxis: { left: { min: 0, label: unit, showUnits: false } },
    ...(threshold !== undefined && { annotations: { horizontal: [{ label: "alarm", value: threshold }] } }),
  };
}

function metricEntries({ label, metric, color, region }: Line, index: number) {
  const shown = { label, ...(color !== undefined && { color }), ...(region !== undefined && { region }) };
  if (!isMathExpression(metric)) return [metricEntry(metric, shown)];
  // Ids must be unique within a panel.
  const unique = (id: string) => `line${index}${id}`;
  const expression = Object.keys(metric.metrics).reduce(
    (text, id) => text.replace(new RegExp(`\\b${id}\\b`, "g"), unique(id)),
    metric.expression,
  );
  return [
    ...Object.entries(metric.metrics).map(([id, each]) => metricEntry(each, { id: unique(id), visible: false })),
    [{ ...shown, id: unique(metric.id), expression }],
  ];
}

function metricEntry({ namespace, metricName, dimensions, statistic }: Metric, options: object) {
  return [namespace, metricName, ...Object.entries(dimensions).flat(), { stat: statistic, ...options }];
}
