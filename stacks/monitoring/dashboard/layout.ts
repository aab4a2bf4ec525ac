import type { Panel, Row } from "./panel";

/** A widget and its place in the grid of CloudWatch, which is 24 columns wide. */
export interface Placed<Content> {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly content: Content;
}

export interface Heading {
  readonly heading: string;
}

export type Widget = Placed<Heading | Panel>;

const columns = 24;
const headingHeight = 1;
const panelHeight = 6;

/** Places rows below each other from `top` on: a heading, then its panels, all of one width. */
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
