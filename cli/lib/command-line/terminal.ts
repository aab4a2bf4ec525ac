import { styleText } from "node:util";

/** True where lines can be redrawn; pipes and CI logs get plain lines instead. */
export const isInteractive = process.stdout.isTTY && !process.env.CI;

const hasColours = isInteractive && !process.env.NO_COLOR;

/** Paints text where the terminal shows colours. */
export const paint = (format: Parameters<typeof styleText>[0], text: string) =>
  hasColours ? styleText(format, text) : text;

/** Writes lines that stay. */
export function print(...lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(""));
}

/** A line that opens a part of what is shown. */
export function heading(text: string): void {
  print("", paint("bold", text));
}
