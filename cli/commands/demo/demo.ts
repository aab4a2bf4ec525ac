import { mkdirSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { loadStages } from "../../../schema";
import { emulatorOptions, motoServer } from "../../lib/emulator";
import { startEmulator } from "../../../emulator";
import { terraformEnvironment } from "../../lib/terraform-environment";
import { toolsFolder } from "../../lib/project";
import { chooseStage } from "./stage";
import { step } from "../../lib/progress";
import { paint, print } from "../../lib/terminal";
import { tour } from "./tour";

/** What the visitor chose. */
export interface DemoOptions {
  readonly stack: string;
  /** Whether the emulated AWS stays at the end. @default - asks where someone can answer, else no */
  readonly keep?: boolean;
  /** A folder of the demo's own. */
  readonly folder: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** A new folder for what a demo writes. */
export function demoFolder(): string {
  mkdirSync(toolsFolder, { recursive: true });
  return mkdtempSync(join(toolsFolder, "demo-"));
}

/** Deploys a stack to an emulated AWS, shows that it is there, and takes it down again. */
export async function demo(options: DemoOptions): Promise<void> {
  const { folder, signal } = options;
  const stages = loadStages();
  const stage = chooseStage(stages, options.stack);
  print("", paint("bold", `${stage.stack}, deployed by real Terraform to an emulated AWS on this machine`), "");

  const tools = await step("Find the tools", async (view) => {
    const report = (message: string) => {
      view.progress(message);
    };
    const terraform = await terraformEnvironment(report);
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
    await tour({ stage, folder, emulator, environment, signal }, options.keep);
  } finally {
    await emulator.stop();
  }
}
