import type { Element } from "../emulator/wire/xml";
import type { Placed, Widget } from "../../stacks/operations/dashboard/layout";
import type { Line, Panel } from "../../stacks/operations/dashboard/panel";
import { isFormula, type Measure } from "../../stacks/operations/metric";
import { label, picture, shape } from "./svg";

/** Size of a cell of the grid, in pixels. */
const [columnWidth, rowHeight, gap] = [50, 34, 4];
const [curveHeight, alarmHeight] = [30, 26];

/** Curves that a panel of the picture has room for. */
const mostCurves = 5;

/** What CloudWatch gives to curves without a colour of their own. */
const palette = ["#1f77b4", "#ff7f0e", "#2ca02c", "#9467bd", "#8c564b", "#17becf"];

/** Draws the grid of a dashboard: every panel with its title, its axis, its alarm's limit, and what its curves are. */
export function draw(widgets: readonly Widget[], alarms: readonly string[], alarmsHeight: number): string {
  const bottom = Math.max(...widgets.map(({ y, height }) => y + height));
  const drawn = widgets.flatMap((widget) => {
    const { content } = widget;
    return "heading" in content ? heading(widget, content.heading) : panel(widget, content);
  });
  const first = alarms.length === 0 ? [] : alarmPanel(alarms, alarmsHeight);
  const background = shape("rect", { width: 24 * columnWidth, height: bottom * rowHeight, fill: "#f2f3f3" });
  return picture(24 * columnWidth, bottom * rowHeight, [background, ...first, ...drawn]);
}

function heading({ x, y }: Placed<unknown>, text: string): Element[] {
  return [label(text, { x: x * columnWidth + gap * 2, y: y * rowHeight + 24, "font-size": 16, "font-weight": "bold" })];
}

function panel(place: Placed<unknown>, { title, unit, lines, limit }: Panel): Element[] {
  const { left, top, right } = edges(place);
  const rule = limit === undefined ? unit : `${unit}; alarm at ${limit}`;
  const shown = lines.length > mostCurves ? lines.slice(0, mostCurves - 1) : lines;
  const at = (index: number) => ({ x: left + 12, y: top + 60 + index * curveHeight });
  const others = lines.length - shown.length;
  return [
    ...frame(place, title),
    label(rule, { x: left + 12, y: top + 38, "font-size": 11, fill: "#687078" }),
    ...shown.flatMap((line, index) => curve(line, index, { ...at(index), width: right - left - 24 })),
    ...(others === 0 ? [] : [label(`and ${others} more`, { ...at(shown.length), "font-size": 12 })]),
  ];
}

function curve(
  { label: name, measure, color, region }: Line,
  index: number,
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
): Element[] {
  const stroke = color ?? palette[index % palette.length] ?? "";
  const elsewhere = region === undefined ? "" : `, in ${region}`;
  return [
    shape("rect", { x, y: y - 9, width: 10, height: 10, fill: stroke }),
    label(name, { x: x + 16, y, "font-size": 12 }),
    label(shortened(`${described(measure)}${elsewhere}`, width / 6.4), {
      x: x + 16,
      y: y + 13,
      "font-size": 10,
      fill: "#687078",
    }),
  ];
}

function described(measure: Measure): string {
  if (!isFormula(measure)) return `${measure.metricName}, ${measure.statistic} (${measure.namespace})`;
  const [first] = Object.values(measure.metrics);
  return `${measure.label}, by ${first?.metricName ?? ""} (${first?.namespace ?? ""})`;
}

function alarmPanel(names: readonly string[], height: number): Element[] {
  const place = { x: 0, y: 0, width: 24, height, content: undefined };
  const { left, top } = edges(place);
  const width = (24 * columnWidth) / 4;
  return [
    ...frame(place, "Alarms"),
    ...names.flatMap((name, index) => {
      const [x, y] = [left + 12 + (index % 4) * width, top + 32 + Math.floor(index / 4) * alarmHeight];
      return [
        shape("rect", { x, y, width: width - 30, height: alarmHeight - 6, rx: 3, fill: "#e9f5e9", stroke: "#2ca02c" }),
        label(name, { x: x + 8, y: y + 14, "font-size": 11 }),
      ];
    }),
  ];
}

function frame(place: Placed<unknown>, title: string): Element[] {
  const { left, top, right, bottom } = edges(place);
  const size = { width: right - left, height: bottom - top };
  return [
    shape("rect", { x: left, y: top, ...size, rx: 4, fill: "#ffffff", stroke: "#d5dbdb" }),
    label(title, { x: left + 12, y: top + 21, "font-size": 14, "font-weight": "bold" }),
  ];
}

function edges({ x, y, width, height }: Placed<unknown>) {
  return {
    left: x * columnWidth + gap,
    top: y * rowHeight + gap,
    right: (x + width) * columnWidth - gap,
    bottom: (y + height) * rowHeight - gap,
  };
}

function shortened(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, Math.floor(characters) - 1)}…`;
}
