import { join } from "node:path";
import type { TaskCommands, Variables } from "emulated-aws";
import type { StageConfig } from "../../../schema";
import { repositoryName } from "../../../stacks/naming";
import { builtServices } from "../built-services";
import { projectFolder } from "../project";
import { ToolError } from "../tool-error";
import { build, imageCommand } from "./build";
import { Databases } from "./databases";

/** The program in `app/`, as it runs on this machine in place of the containers of a stage. */
export class LocalService {
  public readonly databases = new Databases();
  private built: Promise<void> | undefined;
  private readonly ended = new AbortController();

  private constructor(
    private readonly folder: string,
    /** Command of the image. */
    public readonly command: readonly string[],
    private readonly signal: AbortSignal,
  ) {}

  /**
   * The program of this project; undefined when `app/` contains none that runs without a container.
   *
   * @param signal ends the build
   */
  public static find(signal: AbortSignal): LocalService | undefined {
    const folder = join(projectFolder, "app");
    const command = imageCommand(folder);
    return command && new LocalService(folder, command, signal);
  }

  /**
   * Builds the program, once if it succeeds.
   *
   * @throws ToolError with the output of the build
   */
  public build(): Promise<void> {
    this.built ??= build(this.folder, AbortSignal.any([this.signal, this.ended.signal])).catch((error: unknown) => {
      // The next task tries again.
      this.built = undefined;
      throw error;
    });
    return this.built;
  }

  /** The command of each image that is built from `app/`, of all stages. */
  public commands(stages: readonly StageConfig[]): TaskCommands {
    const command = {
      command: this.command,
      cwd: this.folder,
      env: (variables: Variables) => this.variables(variables),
    };
    const repositories = stages.flatMap((stage) => builtServices(stage).map(({ name }) => repositoryName(stage, name)));
    return Object.fromEntries(repositories.map((repository) => [repository, command]));
  }

  /** Ends the build, and what runs on this machine in place of databases. */
  public stop(): Promise<void> {
    this.ended.abort(new ToolError("the service was stopped"));
    return this.databases.stop();
  }

  private async variables(container: Variables): Promise<Variables> {
    await this.build();
    const caches = Object.keys(container).filter((name) => name.startsWith("REDIS_"));
    return {
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      // Caches do not run: without one, each process counts the requests of its callers itself.
      ...Object.fromEntries(caches.map((name) => [name, ""])),
      ...(await this.databases.variables(container)),
    };
  }
}
