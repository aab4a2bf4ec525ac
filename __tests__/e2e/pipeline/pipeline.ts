import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../../cli/lib/project";
import { run } from "../../../cli/lib/run";
import { keptFiles, type KeptFile } from "./kept-files";
import type { Repository } from "./repository";

type Variables = Readonly<Record<string, string | undefined>>;

/** How a run of gitlab-ci-local ended. */
export interface Outcome {
  readonly exitCode: number;
  readonly output: string;
}

const state = ".gitlab-ci-local";

/** Runs the repository's pipelines with gitlab-ci-local: every job in a folder of its own, with the artifacts it needs. */
export class Pipeline {
  /** Everything that was printed so far. */
  public readonly log: string[] = [];
  /** Every file that jobs left for others in any run, and what is packed in it. */
  public readonly kept: KeptFile[] = [];

  constructor(
    private readonly repository: Repository,
    private readonly environment: Variables,
    private readonly variables: Variables,
  ) {}

  /** The jobs of `.gitlab-ci.yml` up to the one that generates the child. */
  public async prepare(variables: Variables, ...jobs: readonly string[]): Promise<Outcome> {
    this.forget();
    return this.run([...jobs, "synth", "generate"], variables);
  }

  /** The generated child, as the trigger job starts it: with what `synth` and `generate` made. */
  public child(variables: Variables, ...options: readonly string[]): Promise<Outcome> {
    return this.part("child", variables, ...options);
  }

  /** One of the parts that the generated child starts. */
  public async part(name: string, variables: Variables, ...options: readonly string[]): Promise<Outcome> {
    const { folder } = this.repository;
    for (const job of ["synth", "generate"]) cpSync(this.artifact(job), folder, { recursive: true });
    const settings = { ...variables, CI_PIPELINE_SOURCE: "parent_pipeline" };
    return this.run(["--file", `pipeline/children/${name}.yml`, ...options], settings, ["cdktf.out", "pipeline"]);
  }

  /** A file that a job left for others. */
  public artifact(job: string, file = ""): string {
    return join(this.repository.folder, state, "artifacts", job.replaceAll(" ", "IA"), file);
  }

  /** The names of the jobs that ran since the last preparation. */
  public get jobs(): string[] {
    const folder = join(this.repository.folder, state, "output");
    return existsSync(folder)
      ? readdirSync(folder)
          .map((name) => name.replace(".log", "").replaceAll("IA", " "))
          .sort()
      : [];
  }

  /** What a job printed. */
  public logOf(job: string): string {
    return readFileSync(join(this.repository.folder, state, "output", `${job.replaceAll(" ", "IA")}.log`), "utf8");
  }

  private forget(): void {
    for (const folder of [state, "cdktf.out", "pipeline"]) {
      rmSync(join(this.repository.folder, folder), { recursive: true, force: true });
    }
    mkdirSync(join(this.repository.folder, state));
  }

  private async run(
    args: readonly string[],
    variables: Variables,
    handedDown: readonly string[] = [],
  ): Promise<Outcome> {
    // Isolated jobs contain the files of git's index; no commit is made.
    this.repository.git("add", "--force", "node_modules", ...handedDown);
    const settings = Object.entries({ ...this.variables, ...variables }).flatMap(([name, value]) =>
      value === undefined ? ["--unset-variable", name] : ["--variable", `${name}=${value}`],
    );
    const options = ["--force-shell-executor", "--shell-isolation", "--no-artifacts-to-source", "--concurrency", "1"];
    const program = join(projectFolder, "node_modules/.bin/gitlab-ci-local");
    const lines: string[] = [];
    const { exitCode } = await run(program, [...options, ...settings, ...args], {
      cwd: this.repository.folder,
      env: this.environment,
      onLine: (line) => lines.push(line),
    });
    this.repository.git("reset", "--quiet");
    this.log.push(...lines);
    this.kept.push(...keptFiles(join(this.repository.folder, state)));
    return { exitCode, output: lines.join("\n") };
  }
}
