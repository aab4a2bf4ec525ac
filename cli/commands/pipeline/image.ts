import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { GetAuthorizationTokenCommand } from "@aws-sdk/client-ecr";
import { Command } from "commander";
import type { ServiceConfig } from "../../../schema";
import { configOption, exitWith, serviceArgument, stackArgument, type ConfigFlags } from "../../lib/command-line";
import { currentCommit } from "../../lib/git";
import { projectFolder } from "../../lib/project";
import { run } from "../../lib/run";
import { print } from "../../lib/terminal";
import { ToolError, ToolFailure } from "../../lib/tool-error";
import { callAws, type Clients } from "../../lib/aws";
import { builtServices } from "../../lib/built-services";
import { hasTag, repositoryOf, type ImageRepository } from "./image-repository";
import { openSession, type Session, type SessionOptions } from "./session";

export interface ImageOptions extends SessionOptions {
  /** @default - every service whose image is built here */
  readonly service?: string;
  /** Folder with the Dockerfile. @default "app" */
  readonly context?: string;
}

type Flags = ConfigFlags & Pick<ImageOptions, "context">;

/** Credentials of a registry; the password is passed only to the standard input of the builder. */
export interface Login {
  readonly registry: string;
  readonly user: string;
  readonly password: string;
}

/** An image to build. */
export interface Build {
  /** Folder with the Dockerfile. */
  readonly context: string;
  /** Such as `linux/arm64`. */
  readonly platform: string;
  /** Full names of the image, with their tags. */
  readonly names: readonly string[];
}

const platforms: Readonly<Record<ServiceConfig["architecture"], string>> = {
  ARM64: "linux/arm64",
  X86_64: "linux/amd64",
};

/** `image <stack> [service]` */
export function imageCommand(): Command {
  return new Command("image")
    .description(
      "Builds and pushes the image of every service that this repository builds, tagged with the commit. " +
        "CONTAINER_BUILDER names the program: docker (default), podman or buildah.",
    )
    .addArgument(stackArgument())
    .addArgument(serviceArgument())
    .addOption(configOption())
    .option("--context <folder>", "folder with the Dockerfile (default: app)")
    .action((stack: string, service: string | undefined, { config, context }: Flags) =>
      exitWith((signal) => image({ config, stack, service, context, signal })),
    );
}

/**
 * Builds and pushes the images of a stack's services, tagged with the commit, and with `latest` where tags are mutable.
 *
 * @throws ToolError for bad input, and when AWS or the builder reports an error
 */
export async function image({ config, stack, service: only, context = "app", signal }: ImageOptions): Promise<number> {
  const folder = resolve(projectFolder, context);
  if (!existsSync(join(folder, "Dockerfile"))) {
    throw new ToolError(`${folder} contains no Dockerfile; name its folder with --context`);
  }
  const tag = await currentCommit();
  const session = await openSession({ config, stack, signal });
  const builder = new Builder(process.env.CONTAINER_BUILDER ?? "docker", signal);
  for (const service of builtServices(session.stage, only)) {
    const repository = await repositoryOf(session.clients, session.stage, service.name);
    const names = await namesToPush(session, repository, tag);
    if (names.length === 0) {
      print(`${repository.url}:${tag} exists already`);
      continue;
    }
    await builder.withLogin(await loginTo(session.clients, repository.url), () =>
      builder.build({ context: folder, platform: platforms[service.config.architecture], names }),
    );
    print(`Pushed ${names.join(" and ")} for ${service.users.join(", ")}`);
  }
  return 0;
}

/** A program that builds images: docker, or podman and buildah, which have the same options. */
export class Builder {
  constructor(
    private readonly program: string,
    private readonly signal: AbortSignal,
  ) {}

  /** Logs in for the duration of `work`: other projects may use the runner afterwards. */
  public async withLogin({ registry, user, password }: Login, work: () => Promise<void>): Promise<void> {
    await this.call(["login", "--username", user, "--password-stdin", registry], password);
    try {
      await work();
    } finally {
      await this.call(["logout", registry]);
    }
  }

  /** Builds an image and pushes it under each name. */
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

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html#registry-auth-token */
export async function loginTo({ ecr }: Pick<Clients, "ecr">, repositoryUrl: string): Promise<Login> {
  const output = await callAws("ecr:GetAuthorizationToken", ecr.send(new GetAuthorizationTokenCommand()));
  const token = output.authorizationData?.[0]?.authorizationToken ?? "";
  const [, user = "", password = ""] = /^([^:]*):(.*)$/.exec(Buffer.from(token, "base64").toString("utf8")) ?? [];
  if (password === "") throw new ToolError("ECR returned no password; try again");
  return { registry: repositoryUrl.split("/")[0] ?? "", user, password };
}

/** The names to push; none when the tag is immutable and exists. */
async function namesToPush({ stage, clients }: Session, repository: ImageRepository, tag: string): Promise<string[]> {
  const name = `${repository.url}:${tag}`;
  if (stage.images.tags === "mutable") return [name, `${repository.url}:latest`];
  return (await hasTag(clients, repository, tag)) ? [] : [name];
}
