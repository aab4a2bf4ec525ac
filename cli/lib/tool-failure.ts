import { ToolError } from "./toolchain/tool-error";

/** A program that ended with an error, with the relevant part of its output. */
export class ToolFailure extends ToolError {
  constructor(command: string, exitCode: number, output: readonly string[]) {
    super([`${command} failed with exit code ${exitCode}:`, "", ...relevantOutput(output)].join("\n"));
  }
}

const lineLimit = 40;

/** Terraform's error messages when the output contains some, else the last lines. */
export function relevantOutput(lines: readonly string[]): string[] {
  const nonEmpty = lines.map((line) => line.trimEnd()).filter((line) => line.trim() !== "");
  const errors = terraformErrors(nonEmpty);
  return (errors.length > 0 ? errors : nonEmpty.slice(-15)).slice(0, lineLimit);
}

/** Terraform frames errors and warnings by ╷ │ ╵. */
function terraformErrors(lines: readonly string[]): string[] {
  const errors: string[] = [];
  let frame: string[] | undefined;
  for (const line of lines) {
    if (line.includes("╷")) frame = [];
    else if (line.includes("╵")) {
      if (frame?.some((text) => text.startsWith("Error:"))) errors.push(...frame);
      frame = undefined;
    } else frame?.push(line.replace(/^.*?│ ?/, ""));
  }
  return errors.filter((line, index) => line !== "" && errors.indexOf(line) === index);
}
