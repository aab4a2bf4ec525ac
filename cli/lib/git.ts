import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { projectFolder } from "./project";
import { ToolError } from "./tool-error";
import type { Environment } from "./run";

const run = promisify(execFile);

/** Git in one repository. */
export class Git {
  constructor(private readonly folder: string) {}

  /** The full id of a commit, or undefined when the repository does not hold it. */
  public async commitOf(revision: string): Promise<string | undefined> {
    return this.tryText("rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`);
  }

  /** The nearest earlier tag of the same kind: the same letters followed by digits. */
  public async tagBefore(tag: string): Promise<string | undefined> {
    const kind = /^\D*/.exec(tag)?.[0] ?? "";
    return this.tryText("describe", "--tags", "--abbrev=0", `--match=${kind}[0-9]*`, `${tag}^`);
  }

  /** Whether files below the paths differ between a commit and the one that is checked out. */
  public async differs(commit: string, paths: readonly string[]): Promise<boolean> {
    return (await this.text("diff", "--name-only", commit, "HEAD", "--", ...paths)) !== "";
  }

  /** Checks a commit out into another folder. */
  public async addWorktree(folder: string, commit: string): Promise<void> {
    await this.text("worktree", "add", "--force", "--detach", folder, commit);
  }

  /** Removes the folder of a worktree, if there is one. */
  public async removeWorktree(folder: string): Promise<void> {
    await this.tryText("worktree", "remove", "--force", folder);
  }

  private async tryText(...args: readonly string[]): Promise<string | undefined> {
    return this.text(...args).catch(() => undefined);
  }

  private async text(...args: readonly string[]): Promise<string> {
    try {
      return (await run("git", ["-C", this.folder, ...args])).stdout.trim();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new ToolError(`git ${args[0] ?? ""} failed: ${reason}`);
    }
  }
}

/**
 * The commit that a job works on: CI_COMMIT_SHA, or else the commit of the checkout.
 *
 * @throws ToolError outside of GitLab and of a git checkout
 */
export async function currentCommit(environment: Environment = process.env): Promise<string> {
  if (environment.CI_COMMIT_SHA) return environment.CI_COMMIT_SHA;
  const commit = await new Git(projectFolder).commitOf("HEAD");
  if (commit !== undefined) return commit;
  throw new ToolError("the commit is unknown; set CI_COMMIT_SHA, or work in a git checkout");
}
