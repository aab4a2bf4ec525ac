import { type CANCEL_SYMBOL, confirm, isCancel, multiselect, select, text } from "@clack/prompts";
import { ToolError } from "../../lib/tool-error";
import type { Prompts } from "./interview";

/**
 * The questions in this terminal. Ctrl-C ends the command.
 *
 * @param signal ends the command, too
 */
export function promptsUntil(signal: AbortSignal): Prompts {
  return {
    async text({ message, initial = "", problem }) {
      // An empty field is undefined here.
      const validate = (answer = "") => problem(answer);
      return answered(text({ message, initialValue: initial, validate, signal }));
    },
    async choice({ message, choices, initial }) {
      return answered(select({ message, options: [...choices], initialValue: initial, signal }));
    },
    async several({ message, choices, initial }) {
      const options = choices.map((value) => ({ value }));
      return answered(multiselect({ message, options, initialValues: [...initial], required: false, signal }));
    },
  };
}

/** Whether the user agrees. */
export async function agrees(message: string, signal: AbortSignal): Promise<boolean> {
  return answered(confirm({ message, signal }));
}

/** @throws ToolError when the user pressed Ctrl-C or Ctrl-D */
async function answered<Answer>(pending: Promise<Answer | typeof CANCEL_SYMBOL>): Promise<Answer> {
  const stopped = new ToolError("Stopped: nothing was written.");
  let onEnd: () => void = () => undefined;
  // Ctrl-D closes the input: the question then waits for nothing, and Node.js would end with exit code 0.
  const ended = new Promise<never>((_, reject) => {
    onEnd = () => {
      reject(stopped);
    };
    process.once("beforeExit", onEnd);
  });
  const answer = await Promise.race([pending, ended]);
  process.off("beforeExit", onEnd);
  if (isCancel(answer)) throw stopped;
  return answer;
}
