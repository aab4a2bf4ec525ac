import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { ToolError } from "../../../lib/toolchain";

const run = promisify(execFile);

/** Git at work in one repository. */
export class Git {
  constructor(private readonly folder: string) {}

  /** The full id of a commit, or undefined when the repository does not hold it. */
  public async commitOf(revision: string): Promise<string | undefined> {
    return this.maybe("rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`);
  }

  /** The nearest tag in the history of another, of the same kind: its letters and the digits after them. */
  public async tagBefore(tag: string): Promise<string | undefined> {
    const kind = /^\D*/.exec(tag)?.[0] ?? "";
    return this.maybe("describe", "--tags", "--abbrev=0", `--match=${kind}[0-9]*`, `${tag}^`);
  }

  /** Whether files below the paths differ between a commit and the one that is checked out. */
  public async differs(commit: string, paths: readonly string[]): Promise<boolean> {
    return (await this.text("diff", "--name-only", commit, "HEAD", "--", ...paths)) !== "";
  }

  public async checkOut(commit: string, folder: string): Promise<void> {
    await this.text("worktree", "add", "--force", "--detach", folder, commit);
  }

  public async forget(folder: string): Promise<void> {
    await this.maybe("worktree", "remove", "--force", folder);
  }

  private async maybe(...args: readonly string[]): Promise<string | undefined> {
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
