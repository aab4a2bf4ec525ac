import { print } from "../../../lib/command-line/terminal";
import { ToolFailure } from "../../../lib/tool-failure";
import { run } from "../../../lib/toolchain/run";
import type { Login } from "./login";

/** What is built. */
export interface Build {
  /** Folder with the Dockerfile. */
  readonly context: string;
  /** Such as `linux/arm64`. */
  readonly platform: string;
  /** Full names of the image, with their tags. */
  readonly names: readonly string[];
}

/** A program that builds images: docker, or podman and buildah, which take the same words. */
export class Builder {
  constructor(
    private readonly program: string,
    private readonly signal: AbortSignal,
  ) {}

  /** Lets the program push, as long as `work` takes: the runner may be another project's next. */
  public async signedIn({ registry, user, password }: Login, work: () => Promise<void>): Promise<void> {
    await this.call(["login", "--username", user, "--password-stdin", registry], password);
    try {
      await work();
    } finally {
      await this.call(["logout", registry]);
    }
  }

  public async build({ context, platform, names }: Build): Promise<void> {
    await this.call(["build", "--platform", platform, ...names.flatMap((name) => ["--tag", name]), context]);
    for (const name of names) await this.call(["push", name]);
  }

  private async call(args: readonly string[], input?: string): Promise<void> {
    const onLine = (line: string) => {
      print(line);
    };
    const { exitCode, tail } = await run(this.program, args, { input, onLine, signal: this.signal });
    if (exitCode !== 0) throw new ToolFailure([this.program, ...args.slice(0, 1)].join(" "), exitCode, tail);
  }
}
