import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ToolError } from "../../../lib/toolchain";
import { reportFolder } from "./report-folder";

const infoShape = z.object({
  stack: z.string(),
  commit: z.string(),
  /** ISO 8601. */
  createdAt: z.iso.datetime(),
  terraformVersion: z.string(),
});

/** Of what a plan was made, and when. */
export type PlanInfo = z.output<typeof infoShape>;

/** What a plan is held against before it is applied. */
export interface Expected {
  readonly stack: string;
  readonly commit: string;
  readonly now: Date;
  readonly maximumHours: number;
}

const lockFile = ".terraform.lock.hcl";
const hourMs = 3_600_000;

/** The saved plan of a stack, as one job hands it to another. */
export class PlanFile {
  public readonly path: string;
  private readonly info: string;
  private readonly providers: string;

  constructor(
    private readonly stack: string,
    folder: string = reportFolder(stack),
  ) {
    this.path = join(folder, "plan.tfplan");
    this.info = join(folder, "plan-info.json");
    this.providers = join(folder, "terraform.lock.hcl");
  }

  /** Removes what an earlier job left, so that nobody applies it. */
  public remove(): void {
    for (const file of [this.path, this.info, this.providers]) rmSync(file, { force: true });
  }

  /** Says of what the plan was made. */
  public describe(info: PlanInfo): void {
    writeFileSync(this.info, `${JSON.stringify(info, undefined, 2)}\n`);
  }

  /** Keeps which providers made the plan: Terraform applies it with the same ones only. */
  public keepProviders(stackFolder: string): void {
    copyFileSync(join(stackFolder, lockFile), this.providers);
  }

  /** Lets Terraform choose the same providers again. */
  public restoreProviders(stackFolder: string): void {
    if (existsSync(this.providers)) copyFileSync(this.providers, join(stackFolder, lockFile));
  }

  /**
   * Makes sure that the plan is the one to apply.
   *
   * @throws ToolError when it is missing, of another stack or commit, or too old
   */
  public accept({ stack, commit, now, maximumHours }: Expected): void {
    const again = `plan again: npm run pipeline -- plan ${this.stack}`;
    if (!existsSync(this.path)) throw new ToolError(`there is no plan ${this.path}; ${again}`);
    const info = this.read(again);
    if (info.stack !== stack) throw new ToolError(`the plan is of ${info.stack}, not of ${stack}; ${again}`);
    if (info.commit !== commit) {
      throw new ToolError(`the plan was made from commit ${info.commit}, and this is ${commit}; ${again}`);
    }
    const hours = (now.getTime() - Date.parse(info.createdAt)) / hourMs;
    if (hours > maximumHours) {
      throw new ToolError(
        `the plan of ${info.createdAt} is older than ${maximumHours} hours, and has expired; ${again}`,
      );
    }
  }

  private read(again: string): PlanInfo {
    try {
      return infoShape.parse(JSON.parse(readFileSync(this.info, "utf8")));
    } catch {
      throw new ToolError(`${this.info} does not say of what the plan was made; ${again}`);
    }
  }
}
