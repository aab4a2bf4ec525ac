import { z } from "zod";
import { run, type RunResult, type Environment } from "./run";
import { failureOf, linesOf, messageOf, type CommandResult, type TerraformMessage } from "./terraform-messages";
import type { ToolError } from "./tool-error";
import { programIn, programNameIn } from "./terraform-program";

export interface TerraformOptions {
  readonly folder: string;
  /** Added to the environment of this process. */
  readonly environment: Environment;
  /** Called with each line of the log. */
  readonly onLine: (line: string) => void;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

const outputsShape = z.record(z.string(), z.object({ value: z.string() }));

/** Exit code of `plan -detailed-exitcode` when the plan has changes. */
const changedExitCode = 2;

/** Terraform in one folder. */
export class Terraform {
  constructor(private readonly options: TerraformOptions) {}

  /** Initializes the folder without the settings of an earlier backend. */
  public async init(): Promise<void> {
    await this.report(["init", "-json", "-input=false", "-reconfigure"]);
  }

  /** Moves the state from the backend of the last initialization to the one that is configured now. */
  public async migrateState(): Promise<void> {
    // Terraform refuses -json together with -migrate-state.
    const args = ["init", "-input=false", "-migrate-state", "-force-copy", "-no-color"];
    const result = await this.run(args, this.options.onLine);
    if (result.exitCode !== 0) throw this.failure("init", { ...result, messages: [] });
  }

  /** Saves a plan; resolves to whether it has changes. */
  public async plan(file: string, ...flags: readonly string[]): Promise<boolean> {
    const args = ["plan", "-json", "-input=false", `-out=${file}`, "-detailed-exitcode", ...flags];
    const { exitCode } = await this.report(args, [0, changedExitCode]);
    return exitCode === changedExitCode;
  }

  /** Applies a saved plan; resolves to Terraform's summary, such as `Apply complete! Resources: 1 added, ...`. */
  public async apply(file: string, ...flags: readonly string[]): Promise<string> {
    const { messages } = await this.report(["apply", "-json", "-input=false", ...flags, file]);
    const summary = messages.findLast(
      ({ type, changes }) => type === "change_summary" && changes?.operation !== "plan",
    );
    return summary?.["@message"] ?? "";
  }

  /** A saved plan as text. */
  public async text(file: string): Promise<string> {
    return (await this.read(["show", "-no-color", file])).join("\n");
  }

  /** A saved plan as JSON; it contains sensitive values in plain text. */
  public async json(file: string): Promise<unknown> {
    const lines = await this.read(["show", "-json", file]);
    return JSON.parse(lines.find((line) => line.startsWith("{")) ?? "null");
  }

  public async outputs(): Promise<Map<string, string>> {
    const outputs = outputsShape.parse(JSON.parse((await this.read(["output", "-json"])).join("\n")));
    return new Map(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /** Runs a command that prints messages in JSON, and logs them as text. */
  private async report(args: readonly string[], accepted: readonly number[] = [0]): Promise<CommandResult> {
    const messages: TerraformMessage[] = [];
    const result = await this.run(args, (line) => {
      const message = messageOf(line);
      if (message !== undefined) messages.push(message);
      for (const text of message === undefined ? [line] : linesOf(message)) this.options.onLine(text);
    });
    if (accepted.includes(result.exitCode)) return { ...result, messages };
    throw this.failure(args[0] ?? "", { ...result, messages });
  }

  private async read(args: readonly string[]): Promise<string[]> {
    const lines: string[] = [];
    const result = await this.run(args, (line) => lines.push(line));
    if (result.exitCode === 0) return lines;
    throw this.failure(args[0] ?? "", { ...result, messages: [] });
  }

  private run(args: readonly string[], onLine: (line: string) => void): Promise<RunResult> {
    const { folder, environment: env, signal } = this.options;
    return run(programIn(env), [`-chdir=${folder}`, ...args], { env, onLine, signal });
  }

  private failure(command: string, result: CommandResult): ToolError {
    return failureOf(`${programNameIn(this.options.environment)} ${command}`, this.options.folder, result);
  }
}
