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
      return answered(await text({ message, initialValue: initial, validate, signal }));
    },
    async choice({ message, choices, initial }) {
      return answered(await select({ message, options: [...choices], initialValue: initial, signal }));
    },
    async several({ message, choices, initial }) {
      const options = choices.map((value) => ({ value }));
      return answered(await multiselect({ message, options, initialValues: [...initial], required: false, signal }));
    },
  };
}

/** Whether the user agrees. */
export async function agrees(message: string, signal: AbortSignal): Promise<boolean> {
  return answered(await confirm({ message, signal }));
}

/** @throws ToolError when the user pressed Ctrl-C */
function answered<Answer>(answer: Answer | typeof CANCEL_SYMBOL): Answer {
  if (isCancel(answer)) throw new ToolError("Stopped: nothing was written.");
  return answer;
}
