import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

/**
 * The AWS provider of one stack, shared by all commands of Terraform: otherwise Terraform starts it three times for a plan,
 * and reads its schemas each time, which is half of the time of a small plan.
 * https://developer.hashicorp.com/terraform/plugin/debugging#starting-a-provider-in-debug-mode
 */
export class ProviderServer {
  private constructor(
    private readonly process: ChildProcess,
    /** Variables that make Terraform use it. */
    public readonly environment: Readonly<Record<string, string>>,
  ) {}

  /** True once `terraform init` put the provider into a stack's folder. */
  public static isIn(folder: string): boolean {
    return existsSync(join(folder, ".terraform", "providers"));
  }

  /**
   * Starts the provider of a stack's folder.
   *
   * @throws Error when it ends before it serves
   */
  public static async start(
    folder: string,
    env: Readonly<Record<string, string | undefined>>,
  ): Promise<ProviderServer> {
    const server = spawn(programIn(folder), ["-debug"], {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "ignore"],
    });
    const reattach = await new Promise<string>((resolve, reject) => {
      createInterface({ input: server.stdout })
        .on("line", (line) => {
          const [, value] = /^\s*TF_REATTACH_PROVIDERS='(.*)'$/.exec(line) ?? [];
          if (value !== undefined) resolve(value);
        })
        .once("close", () => {
          reject(new Error(`the AWS provider of ${folder} ended before it served`));
        });
    });
    return new ProviderServer(server, { TF_REATTACH_PROVIDERS: reattach });
  }

  public async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, "exit");
    this.process.kill();
    await ended;
  }
}

/** `<registry>/hashicorp/aws/<version>/<platform>/terraform-provider-aws_<version>` of the one version that is there. */
function programIn(folder: string): string {
  let path = join(folder, ".terraform/providers");
  for (const part of [/^registry\./, /^hashicorp$/, /^aws$/, /^\d/, /_/, /^terraform-provider-aws/]) {
    const name = readdirSync(path).find((each) => part.test(each));
    if (name === undefined) throw new Error(`there is no AWS provider in ${path}`);
    path = join(path, name);
  }
  return path;
}
