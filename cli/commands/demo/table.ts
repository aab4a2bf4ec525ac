import Table from "cli-table3";
import { isInteractive, paint, print } from "../../lib/terminal";

/** Prints rows below a header, as wide as the terminal allows. */
export function printTable(header: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = fit(header, rows, (isInteractive ? process.stdout.columns : 120) - 3 * header.length - 1);
  const table = new Table({
    head: header.map((text) => paint("bold", text)),
    colWidths: widths.map((width) => width + 2),
    style: { head: [], border: isInteractive ? ["gray"] : [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  table.push(...rows.map((row) => [...row]));
  print(table.toString());
}

/** The last column takes what is left of the line, and is cut off there. */
function fit(header: readonly string[], rows: readonly (readonly string[])[], space: number): number[] {
  const natural = header.map((text, column) => Math.max(text.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const before = natural.slice(0, -1);
  const left = Math.max(20, space - before.reduce((sum, width) => sum + width, 0));
  return [...before, Math.min(natural.at(-1) ?? 0, left)];
}
