import { z } from "zod";
import { run, type RunResult } from "../toolchain/run";
import { failureOf } from "./failure";

export interface TerraformOptions {
  readonly folder: string;
  /** To lay over the environment of this process. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Called with each line that Terraform prints while it works. */
  readonly onLine: (line: string) => void;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

const outputsShape = z.record(z.string(), z.object({ value: z.string() }));

const changed = 2;

/** Terraform at work in one folder. */
export class Terraform {
  constructor(private readonly options: TerraformOptions) {}

  public async init(...flags: readonly string[]): Promise<void> {
    await this.call(["init", "-input=false", ...flags]);
  }

  /** Saves a plan; resolves to whether it would change something. */
  public async plan(file: string, ...flags: readonly string[]): Promise<boolean> {
    const args = ["plan", "-input=false", `-out=${file}`, "-detailed-exitcode", ...flags];
    const { exitCode } = await this.call(args, { accepted: [0, changed] });
    return exitCode === changed;
  }

  /** Applies what was planned, and nothing else; resolves to what was done, in Terraform's words. */
  public async apply(file: string, ...flags: readonly string[]): Promise<string> {
    const { tail } = await this.call(["apply", "-input=false", ...flags, file]);
    return tail.find((line) => /^(Apply|Destroy) complete!/.test(line)) ?? "";
  }

  /** A saved plan, as a person reads it. */
  public async text(file: string): Promise<string> {
    return (await this.read(["show", file])).join("\n");
  }

  /** A saved plan, as a program reads it; it holds sensitive values in clear. */
  public async json(file: string): Promise<unknown> {
    const lines = await this.read(["show", "-json", file]);
    return JSON.parse(lines.find((line) => line.startsWith("{")) ?? "null");
  }

  public async outputs(): Promise<Map<string, string>> {
    const outputs = outputsShape.parse(JSON.parse((await this.read(["output", "-json"])).join("\n")));
    return new Map(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  private async read(args: readonly string[]): Promise<string[]> {
    const lines: string[] = [];
    await this.call(args, { onLine: (line) => lines.push(line) });
    return lines;
  }

  private async call(
    args: readonly string[],
    {
      accepted = [0],
      onLine = this.options.onLine,
    }: { readonly accepted?: readonly number[]; readonly onLine?: (line: string) => void } = {},
  ): Promise<RunResult> {
    const { folder, environment: env, signal } = this.options;
    const program = env.TERRAFORM_BINARY_NAME ?? "terraform";
    const result = await run(program, [`-chdir=${folder}`, ...args, "-no-color"], { env, onLine, signal });
    if (accepted.includes(result.exitCode)) return result;
    throw failureOf(args[0] ?? "", folder, result);
  }
}
