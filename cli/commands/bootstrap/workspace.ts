import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { accountStackName, type AccountConfig, type StageConfig } from "../../../schema";
import { typesOf } from "../../../stacks/account/types-of";
import { AccountStack } from "../../../stacks/account-stack";
import { StageStack } from "../../../stacks/stage-stack";
import { toolsFolder } from "../../lib/toolchain/project";

/** Where Terraform works on a bootstrap; what a stopped first run has made stays known here. */
export class Workspace {
  /** The synthesized stack. */
  public readonly stackFolder: string;
  private readonly folder: string;

  constructor(bootstrap: AccountConfig) {
    const name = accountStackName(bootstrap);
    this.folder = join(toolsFolder, "bootstrap", name);
    this.stackFolder = join(this.folder, "cdktf.out", "stacks", name);
  }

  /** Writes the stack as Terraform reads it. */
  public synthesize(bootstrap: AccountConfig, stages: readonly StageConfig[]): void {
    const outdir = join(this.folder, "cdktf.out");
    rmSync(outdir, { recursive: true, force: true });
    mkdirSync(this.folder, { recursive: true });
    const elsewhere = new App({ outdir: join(this.folder, "stages") });
    const typed = stages.map((stage) => ({ stage, types: typesOf(new StageStack(elsewhere, stage)) }));
    const app = new App({ outdir });
    new AccountStack(app, bootstrap, typed);
    app.synth();
  }

  /** Keeps the state on this machine until the bucket exists. */
  public keepStateHere(): void {
    const backend = { local: { path: join(this.folder, "terraform.tfstate") } };
    writeFileSync(this.override, JSON.stringify({ terraform: { backend } }));
  }

  /** Takes what exists already for what the stack declares, so that it is not made again. */
  public adopt(to: string, id: string): void {
    writeFileSync(this.adoption, JSON.stringify({ import: [{ to, id }] }));
  }

  /** Leaves the state to the bucket, from the next initialization on. */
  public keepStateThere(): void {
    for (const file of [this.override, this.adoption]) rmSync(file, { force: true });
  }

  /** Removes what is known in the bucket by now. */
  public forget(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Terraform lays such a file over the others. */
  private get override(): string {
    return join(this.stackFolder, "backend_override.tf.json");
  }

  private get adoption(): string {
    return join(this.stackFolder, "adoption.tf.json");
  }
}
