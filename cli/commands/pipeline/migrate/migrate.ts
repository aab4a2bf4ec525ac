import { setTimeout as sleep } from "node:timers/promises";
import { DeregisterTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import { taskFamily } from "../../../../stacks/naming";
import { print } from "../../../lib/command-line/terminal";
import { ToolError } from "../../../lib/toolchain";
import { describeService, type EcsService, ecsServicesOf, lastLogLines } from "../../../lib/ecs";
import { callAws } from "../../../lib/aws";
import { newImages } from "../images/new-images";
import { currentCommit } from "../stack/commit";
import { openSession, type Session } from "../stack/session";
import { failureOf } from "./outcome";
import { registerWithImage } from "./definition";
import { runToEnd } from "./task-run";

/** What the caller chose. */
export interface MigrateOptions {
  readonly stack: string;
  /** @default - every service that declares a migration */
  readonly service?: string;
  readonly timeoutMinutes: number;
  readonly signal: AbortSignal;
}

/** Name of the one-off task that brings a service's data to what its new image expects. */
const migration = "migrate";

/**
 * Runs the migrations of a stack's services with their new images, one after the other.
 *
 * @throws ToolError for bad input, when AWS refuses, and when a migration fails
 */
export async function migrate({ stack, service, timeoutMinutes, signal }: MigrateOptions): Promise<number> {
  const commit = await currentCommit();
  const session = await openSession(stack, signal);
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
  // Who names an image in the stage file has nothing new to run.
  const image = images.get(name);
  const definition = image === undefined ? family : await registerWithImage(clients, family, migration, image);
  try {
    const { networkConfiguration: network } = await describeService(clients, target);
    print(`${name}: ${migration} runs${image === undefined ? "" : ` with ${image}`}`);
    const clock = { now: Date.now, pause: (ms: number) => sleep(ms, undefined, { signal }) };
    const run = { cluster, definition, network, startedBy: `pipeline/${commit.slice(0, 8)}` };
    const task = await runToEnd(clients, { ...run, timeoutMs: timeoutMinutes * 60_000 }, clock);
    for (const { lines } of await lastLogLines(clients, task)) print(...lines.map((line) => `  ${line}`));
    const failure = failureOf(task, migration);
    if (failure !== undefined) throw new ToolError(`${migration} of ${name} ${failure}`);
    print(`${name}: ${migration} succeeded`);
  } finally {
    // The newest revision of the family is Terraform's own again.
    if (image !== undefined) {
      const deregister = new DeregisterTaskDefinitionCommand({ taskDefinition: definition });
      await callAws("ecs:DeregisterTaskDefinition", clients.ecs.send(deregister));
    }
  }
}
