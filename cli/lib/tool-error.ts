/** A failure that its message explains completely: commands print it without a stack trace. */
export class ToolError extends Error {
  public override readonly name = "ToolError";
}

/** A program that ended with an error, and the part of its output that gives the reason. */
export class ToolFailure extends ToolError {
  constructor(command: string, exitCode: number, output: readonly string[]) {
    super([`${command} failed with exit code ${exitCode}:`, "", ...relevantOutput(output)].join("\n"));
  }
}

const maximumLines = 40;
const lastLines = 15;

/** A line of cdktf's that only shows that it is at work: one of the Braille patterns, and a verb. */
const spinner = /^[\u2801-\u28ff]\s+\w+$/;

/** Before the errors of the program that synthesizes, which cdktf has printed already, and now repeats with an indentation. */
const repetition = "Command output on stderr:";

/** The reason in the output of a program that failed: the error boxes of Terraform, or else the last lines. */
export function relevantOutput(output: readonly string[]): string[] {
  const lines = programErrors(output)
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== "" && !spinner.test(line));
  const boxes = errorBoxes(lines);
  return (boxes.length > 0 ? boxes : lines.slice(-lastLines)).slice(0, maximumLines);
}

/** The errors of the program that cdktf runs, without what cdktf prints around them; or all output of another program. */
function programErrors(output: readonly string[]): readonly string[] {
  const start = output.findLastIndex((line) => line.trim() === repetition);
  return start === -1 ? output : output.slice(start + 1).map((line) => line.replace(/^ {4}/, ""));
}

/** Terraform frames a message by ╷ │ ╵; frames without "Error:" are warnings. */
function errorBoxes(lines: readonly string[]): string[] {
  const errors: string[] = [];
  let box: string[] | undefined;
  for (const line of lines) {
    if (line.includes("╷")) box = [];
    else if (line.includes("╵")) {
      if (box?.some((text) => text.startsWith("Error:"))) errors.push(...box);
      box = undefined;
    } else box?.push(line.replace(/^.*?│ ?/, ""));
  }
  return errors.filter((line, index) => line !== "" && errors.indexOf(line) === index);
}
