import { DeregisterTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import { Command } from "commander";
import { taskFamily } from "../../../stacks/naming";
import { callAws } from "../../lib/aws";
import { systemClock } from "../../lib/clock";
import {
  configOption,
  exitWith,
  minutes,
  serviceArgument,
  stackArgument,
  type ConfigFlags,
} from "../../lib/command-line";
import { describeService, ecsServicesOf, lastLogLines, type EcsService } from "../../lib/ecs";
import { currentCommit } from "../../lib/git";
import { print } from "../../lib/terminal";
import { ToolError } from "../../lib/tool-error";
import { newImages } from "./image-repository";
import { failureOf, migration, registerWithImage, runTask } from "../../lib/migration-task";
import { openSession, type Session, type SessionOptions } from "./session";

export interface MigrateOptions extends SessionOptions {
  /** @default - every service that declares a migration */
  readonly service?: string;
  readonly timeoutMinutes: number;
}

interface Flags extends ConfigFlags {
  readonly timeout: number;
}

/** `migrate <stack> [service]` */
export function migrateCommand(): Command {
  return new Command("migrate")
    .description("Runs the task `migrate` of every service that declares one, with its new image, before the release.")
    .addArgument(stackArgument())
    .addArgument(serviceArgument())
    .addOption(configOption())
    .option("--timeout <minutes>", "maximum duration of each task", minutes, 30)
    .action((stack: string, service: string | undefined, { config, timeout }: Flags) =>
      exitWith((signal) => migrate({ config, stack, service, timeoutMinutes: timeout, signal })),
    );
}

/**
 * Runs the migrations of a stack's services with their new images, one after the other.
 *
 * @throws ToolError for bad input, when AWS reports an error, and when a migration fails
 */
export async function migrate({ config, stack, service, timeoutMinutes, signal }: MigrateOptions): Promise<number> {
  const commit = await currentCommit();
  const session = await openSession({ config, stack, signal });
  const targets = ecsServicesOf(session.stage, service).filter(({ config }) => Object.hasOwn(config.tasks, migration));
  if (targets.length === 0) print(`No service of ${stack} declares a task named ${migration}.`);
  const images = targets.length === 0 ? new Map<string, string>() : await newImages(session, commit, service);
  for (const target of targets) await migrateService(session, target, { images, commit, timeoutMinutes });
  return 0;
}

interface Migration {
  readonly images: ReadonlyMap<string, string>;
  readonly commit: string;
  readonly timeoutMinutes: number;
}

async function migrateService(session: Session, target: EcsService, { images, commit, timeoutMinutes }: Migration) {
  const { clients, stage, signal } = session;
  const { name, cluster } = target;
  const family = taskFamily(stage, `${name}-${migration}`);
  // A service whose image the stage file names runs its current task definition.
  const image = images.get(name);
  const taskDefinition = image === undefined ? family : await registerWithImage(clients, family, migration, image);
  try {
    const { networkConfiguration } = await describeService(clients, target);
    print(`${name}: ${migration} runs${image === undefined ? "" : ` with ${image}`}`);
    const run = { cluster, taskDefinition, networkConfiguration, startedBy: `pipeline/${commit.slice(0, 8)}` };
    const task = await runTask(clients, { ...run, timeoutMs: timeoutMinutes * 60_000 }, systemClock(signal));
    for (const { lines } of await lastLogLines(clients, task)) print(...lines.map((line) => `  ${line}`));
    const failure = failureOf(task, migration);
    if (failure !== undefined) throw new ToolError(`${migration} of ${name} ${failure}`);
    print(`${name}: ${migration} succeeded`);
  } finally {
    // The newest revision of the family must be the one that Terraform created.
    if (image !== undefined) {
      const deregister = new DeregisterTaskDefinitionCommand({ taskDefinition });
      await callAws("ecs:DeregisterTaskDefinition", clients.ecs.send(deregister));
    }
  }
}
