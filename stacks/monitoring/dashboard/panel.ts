import type { Measure } from "../metric";

/** One curve of a panel. */
export interface Line {
  readonly label: string;
  readonly measure: Measure;
  /** @default - CloudWatch chooses */
  readonly color?: string;
  /** Region that counts it. @default - the stage's */
  readonly region?: string;
}

/** A panel of curves over the same hours. */
export interface Panel {
  readonly title: string;
  /** What the axis counts. */
  readonly unit: string;
  readonly lines: readonly Line[];
  /** Where an alarm begins. @default - no line is drawn */
  readonly limit?: number | undefined;
}

/** Panels that answer one question, side by side. */
export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

export const colors = { fault: "#d62728", refusal: "#ff9896", good: "#2ca02c" };

/** A row of the panels that show anything; none where no panel does. */
export function row(title: string, ...panels: readonly Panel[]): Row[] {
  const shown = panels.filter(({ lines }) => lines.length > 0);
  return shown.length === 0 ? [] : [{ title, panels: shown }];
}
