import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { accountStackName, serves, type AccountConfig, type StageConfig } from "../../../schema";
import { typesOf, type TypedStage } from "../../../stacks/account/types-of";
import { AccountStack } from "../../../stacks/account-stack";
import { StageStack } from "../../../stacks/stage-stack";
import { toolsFolder } from "../../lib/project";

/** The folder in which Terraform applies an account stack; it keeps the local state of an interrupted first run. */
export class Workspace {
  /** The synthesized stack. */
  public readonly stackFolder: string;
  private readonly folder: string;

  constructor(config: AccountConfig) {
    const name = accountStackName(config);
    this.folder = join(toolsFolder, "bootstrap", name);
    this.stackFolder = join(this.folder, "cdktf.out", "stacks", name);
  }

  /** Synthesizes the account stack; returns the stages that it serves. */
  public synthesize(config: AccountConfig, stages: readonly StageConfig[]): readonly TypedStage[] {
    const outdir = join(this.folder, "cdktf.out");
    rmSync(outdir, { recursive: true, force: true });
    mkdirSync(this.folder, { recursive: true });
    const stageApp = new App({ outdir: join(this.folder, "stages") });
    const served = stages.filter((stage) => serves(config, stage));
    const typed = served.map((stage) => ({ stage, types: typesOf(new StageStack(stageApp, stage)) }));
    const app = new App({ outdir });
    new AccountStack(app, config, typed);
    app.synth();
    return typed;
  }

  /** Configures a local backend, until the state bucket exists. */
  public useLocalState(): void {
    const backend = { local: { path: join(this.folder, "terraform.tfstate") } };
    writeFileSync(this.backendFile, JSON.stringify({ terraform: { backend } }));
  }

  /** Imports an existing resource into the state. */
  public import(to: string, id: string): void {
    writeFileSync(this.importFile, JSON.stringify({ import: [{ to, id }] }));
  }

  /** Configures the state bucket as the backend, from the next initialization on. */
  public useStateBucket(): void {
    for (const file of [this.backendFile, this.importFile]) rmSync(file, { force: true });
  }

  /** Removes the folder, once the state is in the bucket. */
  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Terraform merges override files over the others. https://developer.hashicorp.com/terraform/language/files/override */
  private get backendFile(): string {
    return join(this.stackFolder, "backend_override.tf.json");
  }

  private get importFile(): string {
    return join(this.stackFolder, "import.tf.json");
  }
}
