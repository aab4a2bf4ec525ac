import { columnOf, type DrawnJob, type Row } from "./rows";
import { label, picture, shape, type Element } from "./svg";

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

/** Draws the jobs of `.gitlab-ci.yml`, stage by stage, and below them those of a stack on each occasion. */
export function draw(parent: readonly (readonly string[])[], rows: readonly Row[]): string {
  const height = top + rows.length * rowHeight + 60;
  return picture(width, height, [
    shape("rect", { width, height, fill: "#f2f3f3" }),
    heading("One pipeline for all", 30),
    ...parent.flatMap((jobs, stage) => stageOf(jobs, stage)),
    heading("then, in parallel, for every stack that differs", top - 24),
    ...rows.flatMap((row, index) => rowOf(row, index, rows[index - 1]?.occasion)),
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

function rowOf({ occasion, stack, jobs }: Row, index: number, before: string | undefined): Element[] {
  const y = top + index * rowHeight;
  const chain = jobs.filter(({ step }) => step !== "destroy");
  const at = ({ step }: DrawnJob) => left + columnOf(step) * columnWidth;
  return [
    ...(occasion === before
      ? []
      : [
          label(occasion, { x: 16, y: y + 20, "font-size": 13, "font-weight": "bold" }),
          shape("line", { x1: 16, x2: width - 16, y1: y - 8, y2: y - 8, stroke: "#d5dbdb" }),
        ]),
    label(stack, { x: 142, y: y + 20, "font-size": 13 }),
    ...jobs.flatMap((job) => box(job.step, { x: at(job), y, color: job.role, waits: job.waits })),
    ...chain.slice(1).map((job) => arrow(at(job) - columnWidth + boxWidth, y + boxHeight / 2, columnWidth - boxWidth)),
  ];
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly color: Color;
  readonly waits?: boolean;
}

function box(text: string, { x, y, color, waits = false }: Box): Element[] {
  const size = { width: boxWidth, height: boxHeight, rx: 5 };
  return [
    shape("rect", { x, y, ...size, ...colors[color], ...outline(waits) }),
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
    ["deploy", true, "starts when a person says so"],
  ];
  return entries.flatMap(([color, waits, text], index) => {
    const x = 16 + index * 220;
    return [
      shape("rect", { x, y, width: 26, height: 16, rx: 4, ...colors[color], ...outline(waits) }),
      label(text, { x: x + 34, y: y + 13, "font-size": 12 }),
    ];
  });
}
