import { styleText } from "node:util";

/** Whether lines can be redrawn; pipes and CI logs receive plain lines instead. */
export const isInteractive = process.stdout.isTTY && !process.env.CI;

const hasColours = isInteractive && !process.env.NO_COLOR;

/** Colours text where the terminal shows colours. */
export const paint = (format: Parameters<typeof styleText>[0], text: string) =>
  hasColours ? styleText(format, text) : text;

/** Writes lines to standard output. */
export function print(...lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(""));
}

/** Writes a heading, with an empty line before it. */
export function heading(text: string): void {
  print("", paint("bold", text));
}
