import XMLBuilder from "fast-xml-builder";
import { steps, type Step } from "../pipeline/generate/work";

/** A job of the picture. */
export interface DrawnJob {
  readonly step: Step;
  readonly role: "plan" | "deploy";
  /** Whether it is started manually. */
  readonly isManual: boolean;
}

/** The jobs of one stack after one trigger. */
export interface Row {
  readonly trigger: string;
  readonly stack: string;
  readonly jobs: readonly DrawnJob[];
}

/** An SVG element as fast-xml-builder writes it with preserveOrder: its children by its name, and its attributes. */
type Element = Readonly<Record<string, readonly Element[] | string | Attributes>>;

type Attributes = Readonly<Record<string, string | number>>;

/** Sizes in pixels. */
const [left, top, columnWidth, rowHeight] = [276, 196, 116, 46];
const [boxWidth, boxHeight] = [96, 30];
const width = left + 7 * columnWidth + 10;

const colors = {
  none: { fill: "#ffffff", stroke: "#687078" },
  plan: { fill: "#e8f1fa", stroke: "#1f77b4" },
  deploy: { fill: "#fdf0e1", stroke: "#d2691e" },
} as const;

type Color = keyof typeof colors;

/** Draws the jobs of `.gitlab-ci.yml`, stage by stage, and below them the jobs of a stack after each trigger. */
export function draw(parent: readonly (readonly string[])[], rows: readonly Row[]): string {
  const height = top + rows.length * rowHeight + 60;
  return picture(width, height, [
    shape("rect", { width, height, fill: "#f2f3f3" }),
    heading("One pipeline for all", 30),
    ...parent.flatMap((jobs, stage) => stageOf(jobs, stage)),
    heading("then, in parallel, for every stack that differs", top - 24),
    ...rows.flatMap((row, index) => rowOf(row, index, rows[index - 1]?.trigger)),
    ...legend(height - 34),
  ]);
}

function heading(text: string, y: number): Element {
  return label(text, { x: 16, y, "font-size": 15, "font-weight": "bold" });
}

function stageOf(jobs: readonly string[], stage: number): Element[] {
  const x = 16 + stage * (columnWidth + 24);
  return jobs.flatMap((job, index) => [
    ...box(job, { x, y: 44 + index * 34, color: "none" }),
    ...(stage > 0 && index === 0 ? [arrow(x - 44, 59, 44)] : []),
  ]);
}

function rowOf({ trigger, stack, jobs }: Row, index: number, before: string | undefined): Element[] {
  const y = top + index * rowHeight;
  const chain = jobs.filter(({ step }) => step !== "destroy");
  const at = ({ step }: DrawnJob) => left + columnOf(step) * columnWidth;
  return [
    ...(trigger === before
      ? []
      : [
          label(trigger, { x: 16, y: y + 20, "font-size": 13, "font-weight": "bold" }),
          shape("line", { x1: 16, x2: width - 16, y1: y - 8, y2: y - 8, stroke: "#d5dbdb" }),
        ]),
    label(stack, { x: 142, y: y + 20, "font-size": 13 }),
    ...jobs.flatMap((job) => box(job.step, { x: at(job), y, color: job.role, isManual: job.isManual })),
    ...chain.slice(1).map((job) => arrow(at(job) - columnWidth + boxWidth, y + boxHeight / 2, columnWidth - boxWidth)),
  ];
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly color: Color;
  readonly isManual?: boolean;
}

function box(text: string, { x, y, color, isManual = false }: Box): Element[] {
  const size = { width: boxWidth, height: boxHeight, rx: 5 };
  return [
    shape("rect", { x, y, ...size, ...colors[color], ...outline(isManual) }),
    label(text, { x: x + boxWidth / 2, y: y + 19, "font-size": 13, "text-anchor": "middle" }),
  ];
}

function outline(isDashed: boolean): Record<string, string | number> {
  return isDashed ? { "stroke-dasharray": "5 3", "stroke-width": 2 } : {};
}

function arrow(x: number, y: number, length: number): Element {
  const tip = x + length - 2;
  const d = `M${x + 2} ${y}H${tip}M${tip - 5} ${y - 4}L${tip} ${y}L${tip - 5} ${y + 4}`;
  return shape("path", { d, fill: "none", stroke: "#687078" });
}

function legend(y: number): Element[] {
  const entries: readonly (readonly [Color, boolean, string])[] = [
    ["none", false, "no role"],
    ["plan", false, "plan role: reads"],
    ["deploy", false, "the stack's own role"],
    ["deploy", true, "started manually"],
  ];
  return entries.flatMap(([color, isManual, text], index) => {
    const x = 16 + index * 220;
    return [
      shape("rect", { x, y, width: 26, height: 16, rx: 4, ...colors[color], ...outline(isManual) }),
      label(text, { x: x + 34, y: y + 13, "font-size": 12 }),
    ];
  });
}

/** Columns of the steps, from the left. */
function columnOf(step: Step): number {
  return step === "drift" ? 0 : steps.indexOf(step);
}

function shape(name: string, attributes: Attributes, children: readonly Element[] = []): Element {
  return { [name]: children, ":@": attributes };
}

function label(text: string, attributes: Attributes): Element {
  return shape("text", attributes, [{ "#text": text }]);
}

const builder = new XMLBuilder({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  suppressEmptyNode: true,
});

/** An SVG document that scales with the page. */
function picture(width: number, height: number, children: readonly Element[]): string {
  const attributes = { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height };
  const style = { "font-family": "Helvetica, Arial, sans-serif", fill: "#16191f" };
  const svg = builder.build([shape("svg", { ...attributes, ...style }, children)]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${svg}\n`;
}
