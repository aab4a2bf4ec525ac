import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { projectFolder } from "../../lib/project";
import { ToolError } from "../../lib/tool-error";

const infoShape = z.object({
  stack: z.string(),
  commit: z.string(),
  /** ISO 8601. */
  createdAt: z.iso.datetime(),
  terraformVersion: z.string(),
});

/** The origin of a plan. */
export type PlanInfo = z.output<typeof infoShape>;

/** The plan that a job expects to apply. */
export interface ExpectedPlan {
  readonly stack: string;
  readonly commit: string;
  readonly now: Date;
  readonly maximumHours: number;
}

const lockFile = ".terraform.lock.hcl";
const hourMs = 3_600_000;

/** The folder with the files of a stack's jobs, which are their artifacts. */
export function reportFolder(stack: string): string {
  return join(projectFolder, "pipeline", stack);
}

/** The saved plan of a stack, which one job passes to another as an artifact. */
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

  /** Removes the plan of an earlier job, so that it cannot be applied. */
  public remove(): void {
    for (const file of [this.path, this.info, this.providers]) rmSync(file, { force: true });
  }

  /** Saves the origin of the plan. */
  public saveInfo(info: PlanInfo): void {
    writeFileSync(this.info, `${JSON.stringify(info, undefined, 2)}\n`);
  }

  /** Saves the lock file of the providers: Terraform applies a plan only with the same releases. */
  public saveProviders(folder: string): void {
    copyFileSync(join(folder, lockFile), this.providers);
  }

  /** Restores the lock file of the providers. */
  public restoreProviders(folder: string): void {
    if (existsSync(this.providers)) copyFileSync(this.providers, join(folder, lockFile));
  }

  /**
   * Checks that the plan is the expected one.
   *
   * @throws ToolError when it is missing, of another stack or commit, or has expired
   */
  public verify({ stack, commit, now, maximumHours }: ExpectedPlan): void {
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
      throw new ToolError(`${this.info} does not contain the origin of the plan; ${again}`);
    }
  }
}
