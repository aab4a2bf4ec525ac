import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { Command } from "commander";
import { clusterName, imageVariable, serviceName } from "../../../stacks/naming";
import { callAws } from "../../lib/aws";
import {
  configOption,
  exitWith,
  lockTimeoutOption,
  serviceArgument,
  stackArgument,
  type ConfigFlags,
  type LockFlags,
} from "../../lib/command-line";
import { currentCommit } from "../../lib/git";
import { print } from "../../lib/terminal";
import { ToolError } from "../../lib/tool-error";
import { planOf, type Plan, type ResourceChange } from "../guard/plan";
import { builtServices } from "../../lib/built-services";
import { newImages, repositoryOf } from "./image-repository";
import { runningImage, runningImages } from "./running-images";
import { openSession, openTerraform, type Session, type SessionOptions } from "./session";

export interface ReleaseOptions extends SessionOptions {
  /** @default - every service whose image is built here */
  readonly service?: string;
  /** Tag of the images. @default - the commit, or `latest` where tags are mutable */
  readonly tag?: string;
  /** How long to wait for the lock of the state, in Terraform's notation. */
  readonly lockTimeout: string;
}

type Flags = ConfigFlags & LockFlags & Pick<ReleaseOptions, "tag">;

/** `release <stack> [service]` */
export function releaseCommand(): Command {
  return new Command("release")
    .description("Deploys the images of this commit to the services of a stack, and changes nothing else.")
    .addArgument(stackArgument())
    .addArgument(serviceArgument())
    .addOption(configOption())
    .option("--tag <tag>", "release the images of this tag, such as an earlier commit (default: the commit)")
    .addOption(lockTimeoutOption())
    .action((stack: string, service: string | undefined, flags: Flags) =>
      exitWith((signal) => release({ stack, service, ...flags, signal })),
    );
}

/**
 * Releases the images of a commit: by the image variable where tags are immutable, else by a forced deployment.
 *
 * @throws ToolError for bad input, and when AWS or Terraform reports an error
 */
export async function release({ config, stack, service, tag, lockTimeout, signal }: ReleaseOptions): Promise<number> {
  const commit = tag ?? (await currentCommit());
  const session = await openSession({ config, stack, signal });
  if (session.stage.images.tags === "mutable" && tag === undefined) await forceDeployments(session, service);
  else await applyImages(session, { service, tag: commit, lockTimeout });
  return 0;
}

/**
 * Releases the image that `latest` names by a new deployment of every service that runs it; a job runs it at its next start.
 *
 * @throws ToolError when a service runs another tag, which a new deployment would only restart
 */
export async function forceDeployments({ clients, stage, stack }: Session, only?: string): Promise<void> {
  const services: string[] = [];
  for (const { name, users } of builtServices(stage, only)) {
    const latest = `${(await repositoryOf(clients, stage, name)).url}:latest`;
    for (const user of users) {
      if (stage.services[user]?.kind === "job") continue;
      const image = await runningImage(clients, stage, user);
      if (image !== latest) {
        throw new ToolError(
          `${user} of ${stack} runs ${image ?? "nothing"}, not ${latest}, and nothing was released; ` +
            `plan and apply it with TF_VAR_${imageVariable(name)}=${latest}`,
        );
      }
      services.push(serviceName(stage, user));
    }
  }
  for (const service of services) {
    const command = new UpdateServiceCommand({ cluster: clusterName(stage), service, forceNewDeployment: true });
    await callAws("ecs:UpdateService", clients.ecs.send(command));
    print(`${service}: deployment of latest started`);
  }
}

/**
 * Releases by new task definitions with the images of a tag, and changes nothing else.
 *
 * @throws ToolError when the plan contains other changes
 */
async function applyImages(
  session: Session,
  { service, tag, lockTimeout }: Pick<ReleaseOptions, "service" | "lockTimeout"> & { readonly tag: string },
): Promise<void> {
  const { stack, stage, clients } = session;
  const images = await newImages(session, tag, service);
  const released = builtServices(stage, service).map(
    ({ name }) => [imageVariable(name), images.get(name) ?? ""] as const,
  );
  // The other services continue to run their images.
  const others = service === undefined ? {} : await runningImages(clients, stage);
  const { terraform } = await openTerraform(session, { ...others, ...Object.fromEntries(released) });
  const folder = mkdtempSync(join(tmpdir(), "release-"));
  try {
    const file = join(folder, "release.tfplan");
    const lock = `-lock-timeout=${lockTimeout}`;
    if (!(await terraform.plan(file, lock))) {
      print(`${stack} is released as ${tag} already.`);
      return;
    }
    const unexpected = otherChanges(planOf(await terraform.json(file), "the plan of the release"));
    if (unexpected.length > 0) {
      throw new ToolError(
        [
          `the plan would change more than the images, and nothing was released; apply the infrastructure of ${stack} first:`,
          ...unexpected.map(({ address, change }) => `  ${address} (${change.actions.join(", ")})`),
        ].join("\n"),
      );
    }
    print(await terraform.apply(file, lock));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The changes that a new image causes: a new task definition, and references to it. */
const releaseActions: Readonly<Record<string, readonly string[]>> = {
  aws_ecs_task_definition: ["create delete"],
  aws_ecs_service: ["update"],
  aws_scheduler_schedule: ["update"],
};

/** The changes of a plan that a new image does not cause. */
export function otherChanges({ resource_changes: changes }: Pick<Plan, "resource_changes">): readonly ResourceChange[] {
  return changes.filter(({ type, change }) => {
    const actions = change.actions.filter((action) => action !== "no-op" && action !== "read").toSorted();
    return actions.length > 0 && releaseActions[type]?.includes(actions.join(" ")) !== true;
  });
}
