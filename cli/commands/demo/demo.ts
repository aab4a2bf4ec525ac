import { mkdirSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import prettyMilliseconds from "pretty-ms";
import { startEmulator } from "emulated-aws";
import { loadStages, providerConstraint, type StageConfig } from "../../../schema";
import { stageOfStack } from "../../lib/stacks";
import { isInteractive, paint, print } from "../../lib/terminal";
import { emulatorOptions, motoServer } from "../../lib/emulator";
import { step } from "../../lib/progress";
import { terraformEnvironment } from "../../lib/terraform-environment";
import { ToolError } from "../../lib/tool-error";
import { toolsFolder } from "../../lib/project";
import { confirmKeep, keepRunning } from "./keep";
import type { DemoStage, DemoSession } from "./session";
import { describeState, showResources, showValues } from "./show";
import { deployStack, destroyStack, planAgain, readOutputs } from "./terraform";

/** Options of the demo. */
export interface DemoOptions {
  /** Folder of the stage and account files. */
  readonly config: string;
  readonly stack: string;
  /** Whether to keep the emulated AWS at the end. @default - asks in a terminal, else no */
  readonly keep?: boolean;
  /** The demo's own folder. */
  readonly folder: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Creates a folder for the files of one demo. */
export function createDemoFolder(): string {
  mkdirSync(toolsFolder, { recursive: true });
  return mkdtempSync(join(toolsFolder, "demo-"));
}

/** Deploys a stack to an emulated AWS, shows what exists there, and destroys it again. */
export async function demo({ config, stack, keep, folder, signal }: DemoOptions): Promise<void> {
  const stages = loadStages(config);
  const stage = demoStage(stages, stack);
  print("", paint("bold", `${stage.stack}, deployed by Terraform to an emulated AWS on this machine`), "");

  const tools = await step("Find the tools", async (view) => {
    const report = (message: string) => {
      view.progress(message);
    };
    const terraform = await terraformEnvironment(report, providerConstraint(stageOfStack(stages, stage.stack)));
    const moto = await motoServer(report);
    view.result(`${terraform.TERRAFORM_BINARY_NAME ?? ""}, ${moto}`);
    return { terraform, moto };
  });
  signal.throwIfAborted();

  const emulator = await step("Start an emulated AWS", async (view) => {
    const started = await startEmulator({ ...emulatorOptions(stages, stage.stack), motoServer: tools.moto });
    view.result(`account ${stage.accountId} at ${started.endpoint}`);
    return started;
  });
  try {
    const environment = { ...tools.terraform, ...emulator.environment };
    await deployAndDestroy({ config, stage, folder, emulator, environment, signal }, keep);
  } finally {
    await emulator.stop();
  }
}

/**
 * The stage of a stack.
 *
 * @throws ToolError when there is none, or when its state is not in S3 and so would be outside the emulated AWS
 */
export function demoStage(stages: readonly StageConfig[], stack: string): DemoStage {
  const { state, accountId } = stageOfStack(stages, stack);
  if (state.backend !== "s3") {
    throw new ToolError(`the state backend of ${stack} is "${state.backend}"; choose a stack whose state is in S3`);
  }
  return { stack, accountId, stateBucket: state.bucket };
}

async function deployAndDestroy(session: DemoSession, keep: boolean | undefined): Promise<void> {
  const started = Date.now();
  const outputs = await deploy(session);
  await inspect(session);
  const duration = prettyMilliseconds(Date.now() - started, { secondsDecimalDigits: 0 });
  print("", paint("green", `Deployed and verified in ${duration}.`));

  const canAsk = isInteractive && process.stdin.isTTY;
  const keeps = keep ?? (canAsk && (await confirmKeep(session)));
  if (keeps) await keepRunning(session, outputs);
  await destroy(session);
}

async function deploy(session: DemoSession): Promise<ReadonlyMap<string, string>> {
  await step(`cdktf deploy ${session.stage.stack}`, async (view) => {
    const count = await deployStack(session, view);
    view.result(`${count} resources created`);
  });
  const outputs = await readOutputs(session);
  showValues("Outputs", outputs);
  print("");
  return outputs;
}

async function inspect(session: DemoSession): Promise<void> {
  const resources = await step("List the resources of the emulated AWS", async (view) => {
    const inventory = await session.emulator.inventory();
    view.result(`${inventory.length} resources`);
    return inventory;
  });
  showResources(resources);
  print("");
  await step("terraform plan, a second time", async (view) => {
    view.result(await planAgain(session));
  });
  const state = await step("Read the state bucket", async () => describeState(session));
  showValues("State", state);
}

async function destroy(session: DemoSession): Promise<void> {
  print("");
  await step(`cdktf destroy ${session.stage.stack}`, async (view) => {
    const count = await destroyStack(session, view);
    view.result(`${count} resources destroyed`);
  });
  const remaining = await step("List the remaining resources", async (view) => {
    const inventory = (await session.emulator.inventory()).filter(({ lingering }) => lingering === undefined);
    view.result(inventory.length === 0 ? "only the state bucket" : `${inventory.length} resources`);
    return inventory;
  });
  if (remaining.length > 0) showResources(remaining);
}
