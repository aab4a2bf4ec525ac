import { Listr, PRESET_TIMER, type DefaultRenderer, type ListrTaskWrapper, type SimpleRenderer } from "listr2";
import { isInteractive } from "../../lib/command-line/terminal";

type Task = ListrTaskWrapper<unknown, typeof DefaultRenderer, typeof SimpleRenderer>;

const plainIntervalMs = 10_000;

/** Shows how a step goes on. */
export class StepView {
  private nextLine = Date.now() + plainIntervalMs;

  constructor(
    private readonly task: Task,
    private readonly title: string,
  ) {}

  /** Shows where the step is: at once in a terminal, every ten seconds in a log. */
  public progress(headline: string, details: readonly string[] = []): void {
    if (isInteractive) {
      this.task.title = `${this.title}  ${headline}`;
      this.task.output = details.join("\n");
    } else if (Date.now() >= this.nextLine) {
      this.nextLine = Date.now() + plainIntervalMs;
      this.task.output = [headline, ...details.slice(0, 1)].join(": ");
    }
  }

  /** What the step came to; stays beside its title. */
  public result(text: string): void {
    this.task.title = `${this.title}: ${text}`;
  }
}

/** Does one step of the demo in sight of the visitor. */
export async function step<T>(title: string, work: (view: StepView) => Promise<T>): Promise<T> {
  let outcome: Promise<T> | undefined;
  const task = async (_context: unknown, wrapper: Task) => {
    outcome = work(new StepView(wrapper, title));
    await outcome.catch(() => {
      // The reason is many lines long, and is told at the end.
      throw new Error("see below");
    });
  };
  const steps = new Listr([{ title, task }], {
    renderer: isInteractive ? "default" : "simple",
    exitOnError: false,
    // Ctrl-C ends the tools first, and then the step by its error.
    registerSignalListeners: false,
    rendererOptions: { timer: PRESET_TIMER, showErrorMessage: false },
    fallbackRendererOptions: { timer: PRESET_TIMER },
  });
  await steps.run();
  return outcome ?? Promise.reject(new Error(`the step "${title}" was not done`));
}
