import { ToolError } from "../../lib/toolchain";
import { relevantOutput } from "./relevant-output";

/** A program that ended with an error, with what it said about it. */
export class ToolFailure extends ToolError {
  constructor(command: string, exitCode: number, output: readonly string[]) {
    super([`${command} failed with exit code ${exitCode}:`, "", ...relevantOutput(output)].join("\n"));
  }
}
