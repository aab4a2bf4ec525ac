import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  readRecord,
  reportOf,
  startEmulator,
  type Emulator,
  type EmulatorOptions,
  type RouteReport,
} from "emulated-aws";
import { emulatorOptions, motoServer } from "../../cli/lib/emulator";
import { projectFolder } from "../../cli/lib/project";
import { terraformEnvironment } from "../../cli/lib/terraform-environment";
import { run } from "../../cli/lib/run";
import { firstStage } from "../../cli/lib/stacks";
import { copyProject, fixtureConfig, fixtureStages } from "../fixtures/config";
import { fewerPauses } from "./fewer-pauses";
import { ProviderServer } from "./provider-server";

const projectFiles = [
  "main.ts",
  "cdktf.json",
  "cli/run.mjs",
  "cli/run",
  "package.json",
  "tsconfig.json",
  "network-paths",
  "schema",
  "policy",
  "stacks",
];

/** Until the record has the routes after the last call. */
const evaluationMs = 3000;

/** How a command in the sandbox ended. */
export interface Outcome {
  readonly exitCode: number;
  readonly output: string;
}

type Variables = Readonly<Record<string, string>>;

/** A copy of the project with the stages of the fixtures, which a test may edit, and an emulated AWS of its own to deploy it to. */
export class Sandbox {
  private readonly providers = new Map<string, Promise<ProviderServer>>();

  private constructor(
    public readonly folder: string,
    public readonly emulator: Emulator,
    private readonly toolVariables: Variables,
    private readonly record: string | undefined,
  ) {}

  /** Starts with the stages of some environments, in an account that has what their first deployment requires. */
  public static async start(...environments: readonly string[]): Promise<Sandbox> {
    return this.startWith({}, ...environments);
  }

  /** Starts as `start` does, with options of the emulated AWS; `records` makes it record calls and routes. */
  public static async startWith(
    { time, records = false }: Pick<EmulatorOptions, "time"> & { readonly records?: boolean },
    ...environments: readonly string[]
  ): Promise<Sandbox> {
    const stages = fixtureStages().filter(({ environment }) => environments.includes(environment));
    const folder = mkdtempSync(join(tmpdir(), "sandbox-"));
    const record = records ? join(folder, "calls.jsonl") : undefined;
    const emulator = await startEmulator({
      ...emulatorOptions(stages, firstStage(stages, fixtureConfig)),
      motoServer: await motoServer(),
      // As the account stack sets it, also for a REST API that a test adds.
      apiGatewayLogRegions: [...new Set(stages.map(({ region }) => region))],
      // A new account has room for fewer stages than the tests deploy into one.
      quotas: { vpcs: 50, elasticIps: 50 },
      time,
      record,
    });
    copyProject(folder, projectFiles);
    // Without the stages of other environments, synthesis takes less time.
    for (const other of ["accounts", ...fixtureStages().map(({ environment }) => environment)]) {
      if (!environments.includes(other)) rmSync(join(folder, "config", other), { recursive: true, force: true });
    }
    return new Sandbox(folder, emulator, await terraformEnvironment(), record);
  }

  /**
   * Changes something; resolves to the routes that existed before and after it, with the periods meanwhile in which they
   * were not served. The sandbox must record.
   */
  public async keptRoutes(change: () => Promise<unknown>): Promise<readonly RouteReport[]> {
    const from = Date.now();
    await change();
    // The last calls are evaluated after their replies.
    await sleep(evaluationMs);
    const { routes } = reportOf(readRecord(this.record ?? ""), { from });
    return routes.filter(({ existence }) => existence === "kept");
  }

  public async stop(): Promise<void> {
    await Promise.all([...this.providers.keys()].map((stack) => this.stopProvider(stack)));
    await this.emulator.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Variables of a shell in which the emulated account is the only one. */
  public get environment(): Readonly<Record<string, string | undefined>> {
    return { ...this.toolVariables, ...this.emulator.environment, CI: "true", ...fewerPauses };
  }

  public get terraformProgram(): string {
    return this.toolVariables.TERRAFORM_BINARY_NAME ?? "terraform";
  }

  public stackFolder(stack: string): string {
    return join(this.folder, "cdktf.out", "stacks", stack);
  }

  /** Runs cdktf, and throws what it printed when it fails. */
  public async cdktf(args: readonly string[], variables: Variables = {}): Promise<string> {
    return succeeded(await this.run(join(projectFolder, "node_modules", ".bin", "cdktf"), args, variables));
  }

  /**
   * Synthesizes as `cdktf synth` does, without the startup time of that command.
   *
   * @param stacks the stacks to write. @default - all
   */
  public async synthesize(stacks: readonly string[] = []): Promise<void> {
    succeeded(await this.run(process.execPath, ["cli/run.mjs", "main.ts"], { STACKS: stacks.join(" ") }));
  }

  /** Deploys a synthesized stack: `terraform init` and `terraform apply`. */
  public async deploy(stack: string, variables: Variables = {}): Promise<void> {
    await this.terraform(stack, ["init", "-input=false"], variables);
    await this.terraform(stack, ["apply", "-auto-approve", "-input=false"], variables);
  }

  /** Runs Terraform on a synthesized stack, and throws what it printed when it fails. */
  public async terraform(stack: string, args: readonly string[], variables: Variables = {}): Promise<string> {
    return succeeded(await this.tryTerraform(stack, args, variables));
  }

  /** Runs Terraform, and returns its exit code also when it fails. */
  public async tryTerraform(stack: string, args: readonly string[], variables: Variables = {}): Promise<Outcome> {
    const folder = this.stackFolder(stack);
    const provider = ProviderServer.isIn(folder) ? await this.providerOf(stack) : undefined;
    return this.terraformIn(folder, args, { ...provider?.environment, ...variables });
  }

  /** Runs Terraform in any folder. */
  public terraformIn(folder: string, args: readonly string[], variables: Variables): Promise<Outcome> {
    return this.run(this.terraformProgram, [`-chdir=${folder}`, ...args, "-no-color"], variables);
  }

  /** Stops the provider of a stack, which frees its memory; the next command restarts it. */
  public async stopProvider(stack: string): Promise<void> {
    const provider = this.providers.get(stack);
    this.providers.delete(stack);
    await (await provider)?.stop();
  }

  private providerOf(stack: string): Promise<ProviderServer> {
    const running = this.providers.get(stack) ?? ProviderServer.start(this.stackFolder(stack), this.environment);
    this.providers.set(stack, running);
    return running;
  }

  /** Writes a file, with the folders above it. */
  public write(file: string, text: string): void {
    const path = join(this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  /** Removes a file or folder. */
  public remove(path: string): void {
    rmSync(join(this.folder, path), { recursive: true });
  }

  /** Replaces one piece of a file, which must be there. */
  public edit(file: string, from: string, to: string): void {
    const path = join(this.folder, file);
    const text = readFileSync(path, "utf8");
    if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
    writeFileSync(path, text.replace(from, to));
  }

  /** The resources that exist, without those that AWS retains after their deletion. */
  public async leftovers(): Promise<string[]> {
    const resources = await this.emulator.inventory();
    return resources.filter(({ lingering }) => lingering === undefined).map(({ type, name }) => `${type} ${name}`);
  }

  private async run(program: string, args: readonly string[], variables: Variables): Promise<Outcome> {
    const lines: string[] = [];
    const { exitCode } = await run(program, args, {
      cwd: this.folder,
      env: { ...this.environment, ...variables },
      onLine: (line) => lines.push(line),
    });
    return { exitCode, output: lines.join("\n") };
  }
}

/** What Terraform and cdktf print as an error comes first: a report that is cut at its end still has it. */
function succeeded({ exitCode, output }: Outcome): string {
  if (exitCode === 0) return output;
  const lines = output.split("\n");
  const firstError = lines.findIndex((line) => /\bError: /.test(line));
  const errors = firstError === -1 ? [] : lines.slice(firstError, firstError + 60);
  throw new Error(
    [`exit code ${exitCode}:`, ...errors, "the last lines of its output:", ...lines.slice(-80)].join("\n"),
  );
}
