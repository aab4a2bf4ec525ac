import type { z } from "zod";
import { ToolError } from "../../lib/tool-error";

/** Questions in a terminal; each resolves to the answer. */
export interface Prompts {
  text(question: {
    readonly message: string;
    /** Text that is already in the field. @default - none */
    readonly initial?: string;
    /** The reason that an answer is not valid; undefined for a valid one. */
    readonly problem: (answer: string) => string | undefined;
  }): Promise<string>;
  choice(question: {
    readonly message: string;
    readonly choices: readonly Choice[];
    readonly initial: string;
  }): Promise<string>;
  several(question: {
    readonly message: string;
    readonly choices: readonly string[];
    readonly initial: readonly string[];
  }): Promise<readonly string[]>;
}

/** One of the answers to choose from. */
export interface Choice {
  readonly value: string;
  readonly hint: string;
}

/** The answer on the command line that is none of the environments. */
export const noneOfThem = "none";

interface Question<Answer> {
  /** Option of the command line with an example, such as `--app shop`. */
  readonly option: string;
  readonly message: string;
  /** Value of the option. @default - it was not given */
  readonly given: Answer | undefined;
}

/**
 * Obtains each answer from the command line, from the terminal, or from its default. All problems of the command line are
 * reported together, by `requireComplete`.
 */
export class Interview {
  private readonly problems = new Set<string>();

  /**
   * @param prompts undefined without a terminal: then defaults are taken, and a required answer that is missing is a problem
   * @param takesDefaults whether defaults are taken in a terminal too
   */
  constructor(
    private readonly prompts: Prompts | undefined,
    private readonly takesDefaults: boolean,
  ) {}

  /** A text; without a `fallback` it is required. `problem` returns what is wrong with a text. */
  public async text(
    question: Question<string> & {
      readonly fallback?: string;
      readonly problem: (answer: string) => string | undefined;
    },
  ): Promise<string> {
    const { option, message, given, fallback, problem } = question;
    const prompts = given === undefined ? this.promptsFor(fallback) : undefined;
    if (prompts !== undefined) return prompts.text({ message, initial: fallback, problem });
    if (given === undefined && fallback === undefined) {
      this.refuse(option, `is missing; write it, such as ${option}`);
    }
    // A default that is made of an invalid answer is not reported as well.
    const reason = given === undefined ? undefined : problem(given);
    if (reason !== undefined) this.refuse(option, reason);
    return given ?? fallback ?? "";
  }

  /** One of a few answers. */
  public async choice(
    question: Question<string> & { readonly choices: readonly Choice[]; readonly fallback: string },
  ): Promise<string> {
    const { option, message, given, fallback, choices } = question;
    const prompts = given === undefined ? this.promptsFor(fallback) : undefined;
    if (prompts !== undefined) return prompts.choice({ message, choices, initial: fallback });
    const answer = given ?? fallback;
    const values = choices.map(({ value }) => value);
    if (!values.includes(answer)) this.refuse(option, `"${answer}" must be one of ${values.join(", ")}`);
    return answer;
  }

  /** Any of the environments; `none` on the command line is none of them. */
  public async several(
    question: Question<readonly string[]> & {
      readonly choices: readonly string[];
      readonly fallback: readonly string[];
    },
  ): Promise<readonly string[]> {
    const { option, message, given, choices, fallback } = question;
    const prompts = given === undefined ? this.promptsFor("") : undefined;
    if (prompts !== undefined) return prompts.several({ message, choices, initial: fallback });
    // A default that is made of an invalid answer is not reported as well.
    if (given === undefined) return fallback.filter((answer) => choices.includes(answer));
    const answers = given.join() === noneOfThem ? [] : given;
    for (const answer of answers) {
      if (choices.includes(answer)) continue;
      this.refuse(option, `"${answer}" must be an environment; write one of ${choices.join(", ")}, or ${noneOfThem}`);
    }
    return answers;
  }

  /**
   * Adds a problem of an option.
   *
   * @throws ToolError with a terminal, before further questions
   */
  public refuse(option: string, problem: string): void {
    this.problems.add(`${option.split(" ", 1)[0] ?? option} ${problem}`);
    if (this.prompts !== undefined) this.requireComplete();
  }

  /** @throws ToolError with every problem of the command line */
  public requireComplete(): void {
    if (this.problems.size > 0) throw new ToolError([...this.problems].join("\n"));
  }

  /** The terminal, for a question whose default is not taken. */
  private promptsFor(fallback: string | undefined): Prompts | undefined {
    return this.takesDefaults && fallback !== undefined ? undefined : this.prompts;
  }
}

/** A function that returns what a schema finds wrong with a text. */
export function problemBy(schema: z.ZodType): (answer: string) => string | undefined {
  return (answer) => {
    const message = schema.safeParse(answer).error?.issues[0]?.message;
    return message === undefined ? undefined : `"${answer}" ${message}`;
  };
}
