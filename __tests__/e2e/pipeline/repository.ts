import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { copyProject, fixtureStages } from "../../fixtures/config";

const copied = [
  ".gitignore",
  ".gitlab-ci.yml",
  "app/Dockerfile",
  "ci",
  "cdktf.json",
  "cli",
  "main.ts",
  "network-paths",
  "package-lock.json",
  "package.json",
  "policy",
  "schema",
  "stacks",
  "tsconfig.json",
];

/** A repository with the project's own pipeline, and stages that a test chooses. */
export class Repository {
  public readonly folder = mkdtempSync(join(tmpdir(), "pipeline-"));

  /** @param stages content of stage files, by path; all others are left out */
  constructor(stages: Readonly<Record<string, string>>) {
    copyProject(this.folder, copied);
    for (const { environment, stage } of fixtureStages()) {
      rmSync(join(this.folder, "config", environment, stage), { recursive: true, force: true });
    }
    // Only the stages that are left out import them.
    for (const file of ["data.ts", "services.ts"]) rmSync(join(this.folder, "config/prod", file));
    for (const [file, text] of Object.entries(stages)) this.write(file, text);
    this.git("init", "--quiet", "--initial-branch=main");
    this.write(".git/info/exclude", "/node_modules\n");
    this.git("remote", "add", "origin", "https://gitlab.com/platform/appname.git");
    this.commit("Begin");
  }

  public write(file: string, text: string): string {
    const path = join(this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  /** A program of the test's own, outside of what is committed. */
  public program(file: string, text: string): string {
    const path = this.write(join(".git", file), text);
    chmodSync(path, 0o755);
    return path;
  }

  /** Commits everything; returns the commit. */
  public commit(message: string): string {
    this.git("add", "--all");
    this.git("commit", "--quiet", "--message", message);
    return this.git("rev-parse", "HEAD");
  }

  public git(...args: readonly string[]): string {
    const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
    return execFileSync("git", [...identity, ...args], { cwd: this.folder, stdio: "pipe" })
      .toString()
      .trim();
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
