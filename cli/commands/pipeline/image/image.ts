import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ServiceConfig } from "../../../../schema";
import { print } from "../../../lib/command-line/terminal";
import { ToolError } from "../../../lib/toolchain";
import { projectFolder } from "../../../lib/toolchain/project";
import { builtServices, type BuiltService } from "../images/built";
import { hasTag, repositoryOf, type ImageRepository } from "../images/repository";
import { currentCommit } from "../stack/commit";
import { openSession, type Session } from "../stack/session";
import { Builder } from "./builder";
import { loginTo } from "./login";

/** What the caller chose. */
export interface ImageOptions {
  readonly stack: string;
  /** @default - every service whose image is built here */
  readonly service?: string;
  /** Folder with the Dockerfile. @default "app" */
  readonly context?: string;
  readonly signal: AbortSignal;
}

const platforms: Readonly<Record<ServiceConfig["architecture"], string>> = {
  ARM64: "linux/arm64",
  X86_64: "linux/amd64",
};

/**
 * Builds and pushes the images of a stack's services, tagged with the commit, and `latest` where tags may change.
 *
 * @throws ToolError for bad input, and when AWS or the builder refuses
 */
export async function image({ stack, service: only, context = "app", signal }: ImageOptions): Promise<number> {
  const folder = resolve(projectFolder, context);
  if (!existsSync(join(folder, "Dockerfile"))) {
    throw new ToolError(`${folder} holds no Dockerfile; name the folder that does with --context`);
  }
  const tag = await currentCommit();
  const session = await openSession(stack, signal);
  const builder = new Builder(process.env.CONTAINER_BUILDER ?? "docker", signal);
  for (const service of builtServices(session.stage, only)) {
    const repository = await repositoryOf(session.clients, session.stage, service.name);
    const names = await wanted(session, repository, tag);
    if (names.length === 0) {
      print(`${repository.url}:${tag} exists already`);
      continue;
    }
    await builder.signedIn(await loginTo(session.clients, repository.url), () =>
      builder.build({ context: folder, platform: platforms[service.config.architecture], names }),
    );
    print(`Pushed ${names.join(" and ")} for ${usersOf(service)}`);
  }
  return 0;
}

/** The names to push; none when the tag stands for ever, and exists. */
async function wanted({ stage, clients }: Session, repository: ImageRepository, tag: string): Promise<string[]> {
  const named = `${repository.url}:${tag}`;
  if (stage.images.tags === "mutable") return [named, `${repository.url}:latest`];
  return (await hasTag(clients, repository, tag)) ? [] : [named];
}

const usersOf = ({ users }: BuiltService) => users.join(", ");
