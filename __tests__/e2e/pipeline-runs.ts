import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { projectFolder } from "../../cli/lib/project";
import { run } from "../../cli/lib/run";
import type { Outcome, Sandbox } from "./sandbox";

const callShape = z.object({ command: z.string(), args: z.array(z.string()), input: z.string() });

/** How the container builder was called. */
export type BuilderCall = z.output<typeof callShape>;

/** The pipeline's commands in a sandbox, with a recorder in place of the container builder. */
export class PipelineRuns {
  private readonly recorded: string;

  constructor(private readonly sandbox: Sandbox) {
    const { folder } = sandbox;
    cpSync(join(projectFolder, "cli"), join(folder, "cli"), { recursive: true });
    mkdirSync(join(folder, "app"));
    writeFileSync(join(folder, "app/Dockerfile"), "FROM scratch\n");
    // Beside node_modules, where it finds the SDK.
    cpSync(join(__dirname, "container-recorder.mjs"), join(folder, "container-recorder.mjs"));
    const builder = `#!/bin/sh\nexec ${process.execPath} ${join(folder, "container-recorder.mjs")} "$@"\n`;
    writeFileSync(join(folder, "builder"), builder, { mode: 0o755 });
    this.recorded = join(folder, "builder.jsonl");
  }

  /** Runs one command as the job of a commit. */
  public async job(commit: string, ...args: readonly string[]): Promise<Outcome> {
    const { folder, environment } = this.sandbox;
    const lines: string[] = [];
    const { exitCode } = await run(process.execPath, ["cli/run.mjs", "cli/commands/pipeline.ts", ...args], {
      cwd: folder,
      env: {
        ...environment,
        CI_COMMIT_SHA: commit,
        CONTAINER_BUILDER: join(folder, "builder"),
        RECORDER_FILE: this.recorded,
      },
      onLine: (line) => lines.push(line),
    });
    return { exitCode, output: lines.join("\n") };
  }

  /** A file of a job's artifact. */
  public artifact(stack: string, name: string): string {
    return readFileSync(join(this.sandbox.folder, "pipeline", stack, name), "utf8");
  }

  public get builderCalls(): BuilderCall[] {
    if (!existsSync(this.recorded)) return [];
    const lines = readFileSync(this.recorded, "utf8").trim().split("\n");
    return lines.map((line) => callShape.parse(JSON.parse(line)));
  }
}
