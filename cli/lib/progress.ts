import { Listr, PRESET_TIMER, type DefaultRenderer, type ListrTaskWrapper, type SimpleRenderer } from "listr2";
import { isInteractive } from "./terminal";

/** A line of the list: its title and output can be set while the work goes on. */
export type Row = ListrTaskWrapper<unknown, typeof DefaultRenderer, typeof SimpleRenderer>;

/** One entry of a list of work. */
export interface ListedWork<T> {
  readonly title: string;
  readonly work: (row: Row) => Promise<T>;
  /** Whether the entry is shown as failed although its work returned a result. @default - it is not */
  readonly isFailure?: (result: T) => boolean;
}

/**
 * Does all work at once and shows it as a list: redrawn in a terminal, line by line elsewhere.
 *
 * @throws the error of the first entry whose work failed, once all have ended
 */
export async function showAll<T>(entries: readonly ListedWork<T>[]): Promise<T[]> {
  const results: Promise<T>[] = [];
  const rows = entries.map(({ title, work, isFailure = () => false }) => ({
    title,
    task: async (_context: unknown, row: Row) => {
      const result = work(row);
      results.push(result);
      const value = await result.catch(() => {
        // The reason is many lines long, and the command prints it at its end.
        throw new Error("see below");
      });
      if (isFailure(value)) throw new Error("see below");
    },
  }));
  await new Listr(rows, {
    concurrent: true,
    renderer: isInteractive ? "default" : "simple",
    exitOnError: false,
    // Ctrl-C ends the programs first, and then the work by its error.
    registerSignalListeners: false,
    rendererOptions: { timer: PRESET_TIMER, showErrorMessage: false, collapseSubtasks: false },
    fallbackRendererOptions: { timer: PRESET_TIMER },
  }).run();
  return Promise.all(results);
}

/** When a log shows the state of a step for the first time. */
const firstPlainLineMs = 15_000;

/** Shows how a step proceeds. */
export class StepView {
  private readonly started = Date.now();
  private nextLineMs = firstPlainLineMs;

  constructor(
    private readonly row: Row,
    private readonly title: string,
  ) {}

  /** Shows the state of the step: at once in a terminal; in a log after 15 s, 30 s, 1 min, 2 min, and so on. */
  public progress(headline: string, details: readonly string[] = []): void {
    if (isInteractive) {
      this.row.title = `${this.title}  ${headline}`;
      this.row.output = details.join("\n");
    } else if (Date.now() - this.started >= this.nextLineMs) {
      this.nextLineMs *= 2;
      this.row.output = [headline, ...details.slice(0, 1)].join(": ");
    }
  }

  /** Shows the result of the step beside its title. */
  public result(text: string): void {
    this.row.title = `${this.title}: ${text}`;
  }
}

/** Does one step of a command and shows its progress. */
export async function step<T>(title: string, work: (view: StepView) => Promise<T>): Promise<T> {
  const [result] = await showAll([{ title, work: async (row) => ({ value: await work(new StepView(row, title)) }) }]);
  if (result === undefined) throw new Error(`the step "${title}" was not done`);
  return result.value;
}
