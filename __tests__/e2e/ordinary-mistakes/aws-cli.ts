import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import pLimit from "p-limit";
import which from "which";
import type { Emulator } from "emulated-aws";

/** What a command of the AWS CLI printed. */
export interface Outcome {
  readonly succeeded: boolean;
  readonly output: string;
  readonly errors: string;
}

/** The AWS CLI, with an emulated AWS as its only one. */
export class AwsCli {
  private readonly values: Map<string, string>;
  private readonly limit = pLimit(availableParallelism());

  /**
   * @param values values that commands use as `{name}`
   * @throws Error when the AWS CLI is not installed
   */
  constructor(
    private readonly emulator: Emulator,
    values: Readonly<Record<string, string>>,
  ) {
    if (which.sync("aws", { nothrow: true }) === null)
      throw new Error("the AWS CLI is needed: install it so that `aws` is in your PATH");
    this.values = new Map(Object.entries(values));
  }

  /** Runs a command that is written without `aws`; resolves also when it fails. */
  public run(command: string, options: readonly string[] = []): Promise<Outcome> {
    // Version 1 of the CLI calls RDS and SQS at names of AWS when only AWS_ENDPOINT_URL is set.
    const endpoint = ["--endpoint-url", this.emulator.endpoint];
    // Values are put in after the split, so that their spaces stay.
    const words = command.split(" ").map((word) => word.replace(/\{(\w+)\}/g, (_, name: string) => this.value(name)));
    const env = { ...process.env, ...this.emulator.environment };
    return this.limit(
      () =>
        new Promise<Outcome>((resolve) => {
          execFile("aws", [...endpoint, ...words, ...options], { env }, (error, output, errors) => {
            resolve({ succeeded: error === null, output, errors });
          });
        }),
    );
  }

  /**
   * Runs a command, and keeps a value of its answer for later commands.
   *
   * @param kept name and JMESPath of the value
   * @throws Error when the command fails
   */
  public async prepare(command: string, kept?: readonly [name: string, query: string]): Promise<void> {
    const options = kept === undefined ? [] : ["--query", kept[1], "--output", "text"];
    const { succeeded, output, errors } = await this.run(command, options);
    if (!succeeded) throw new Error(`aws ${command}: ${errors}`);
    if (kept !== undefined) this.values.set(kept[0], output.trim());
  }

  private value(name: string): string {
    const value = this.values.get(name);
    if (value === undefined) throw new Error(`no preparation has the value ${name}`);
    return value;
  }
}
