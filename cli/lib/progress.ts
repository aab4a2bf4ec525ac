import { Listr, PRESET_TIMER, type DefaultRenderer, type ListrTaskWrapper, type SimpleRenderer } from "listr2";
import { isInteractive } from "./command-line/terminal";

/** The row of a step: its title, and the output below it. */
export type StepRow = Pick<
  ListrTaskWrapper<unknown, typeof DefaultRenderer, typeof SimpleRenderer>,
  "title" | "output"
>;

/** Work that is shown while it runs. */
export interface Step {
  readonly title: string;
  readonly work: (row: StepRow) => Promise<unknown>;
}

/**
 * Runs steps concurrently and shows a row for each: redrawn in a terminal, line by line elsewhere. A step that rejects
 * is shown as failed; its error is left to the caller.
 */
export async function showSteps(steps: readonly Step[]): Promise<void> {
  const tasks = steps.map(({ title, work }) => ({
    title,
    task: async (_context: unknown, row: StepRow) => {
      await work(row).catch(() => {
        // The message may have many lines, and is printed once all steps have ended.
        throw new Error("see below");
      });
    },
  }));
  await new Listr(tasks, {
    concurrent: true,
    renderer: isInteractive ? "default" : "simple",
    exitOnError: false,
    // On Ctrl-C the programs that a step runs end first, and then the step by its error.
    registerSignalListeners: false,
    rendererOptions: { timer: PRESET_TIMER, showErrorMessage: false },
    fallbackRendererOptions: { timer: PRESET_TIMER },
  }).run();
}

/** Runs and shows one step; resolves to its result. */
export async function step<T>(title: string, work: (view: StepView) => Promise<T>): Promise<T> {
  let result: Promise<T> | undefined;
  await showSteps([
    {
      title,
      work: (row) => {
        result = work(new StepView(row, title));
        return result;
      },
    },
  ]);
  return result ?? Promise.reject(new Error(`the step "${title}" did not run`));
}

const plainIntervalMs = 10_000;

/** Shows the progress of a step. */
export class StepView {
  private nextLine = Date.now() + plainIntervalMs;

  constructor(
    private readonly row: StepRow,
    private readonly title: string,
  ) {}

  /** Shows the current state: at once in a terminal, every ten seconds in a log. */
  public progress(headline: string, details: readonly string[] = []): void {
    if (isInteractive) {
      this.row.title = `${this.title}  ${headline}`;
      this.row.output = details.join("\n");
    } else if (Date.now() >= this.nextLine) {
      this.nextLine = Date.now() + plainIntervalMs;
      this.row.output = [headline, ...details.slice(0, 1)].join(": ");
    }
  }

  /** Shows the result of the step behind its title. */
  public result(text: string): void {
    this.row.title = `${this.title}: ${text}`;
  }
}
