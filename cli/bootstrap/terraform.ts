import { z } from "zod";
import { ToolFailure } from "../demo/tool-failure";
import { run } from "../toolchain/run";

export interface TerraformOptions {
  readonly folder: string;
  /** To lay over the environment of this process. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Called with each line that Terraform prints. */
  readonly onLine: (line: string) => void;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

const outputsShape = z.record(z.string(), z.object({ value: z.string() }));

const nothingToDo = "No changes.";

/** Terraform at work in one folder. */
export class Terraform {
  constructor(private readonly options: TerraformOptions) {}

  public async init(...flags: readonly string[]): Promise<void> {
    await this.call(["init", "-input=false", ...flags]);
  }

  /** Plans and applies what was planned; resolves to what was done, in Terraform's words. */
  public async converge(): Promise<string> {
    const planned = await this.call(["plan", "-input=false", "-out=plan.tfplan", "-detailed-exitcode"], [0, 2]);
    if (planned.exitCode === 0) return nothingToDo;
    const { tail } = await this.call(["apply", "-input=false", "plan.tfplan"]);
    return tail.find((line) => line.startsWith("Apply complete!")) ?? "";
  }

  public async outputs(): Promise<Map<string, string>> {
    const { tail } = await this.call(["output", "-json"]);
    const outputs = outputsShape.parse(JSON.parse(tail.join("\n")));
    return new Map(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  private async call(args: readonly string[], accepted: readonly number[] = [0]) {
    const { folder, environment: env, onLine, signal } = this.options;
    const program = env.TERRAFORM_BINARY_NAME ?? "terraform";
    const result = await run(program, [`-chdir=${folder}`, ...args, "-no-color"], { env, onLine, signal });
    if (accepted.includes(result.exitCode)) return result;
    throw new ToolFailure(`terraform ${args[0] ?? ""}`, result.exitCode, result.tail);
  }
}
