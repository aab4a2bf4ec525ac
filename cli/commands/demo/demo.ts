import { mkdirSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import prettyMilliseconds from "pretty-ms";
import { startEmulator } from "emulated-aws";
import { loadConfiguration, providerConstraint, stackName } from "../../../schema";
import { isInteractive, paint, print } from "../../lib/terminal";
import { emulatorOptions, motoServer } from "../../lib/emulator";
import { step } from "../../lib/progress";
import { terraformEnvironment } from "../../lib/terraform-environment";
import { toolsFolder } from "../../lib/project";
import { programNameIn } from "../../lib/terraform-program";
import { confirmKeep, keepRunning } from "./keep";
import type { DemoSession } from "./session";
import { LocalService } from "../../lib/local-service/local-service";
import { migration } from "../../lib/migration-task";
import { migrate, migrated } from "./migrations";
import { sendRequests, type Exchange } from "./requests";
import { outputSummary, resourceSummary, showExchanges, showValues } from "./show";
import { chooseStage } from "./stage";
import { describeState } from "./state";
import { deployStack, destroyStack, planAgain, readOutputs, synthesize } from "./terraform";

/** Options of the demo. */
export interface DemoOptions {
  /** Folder of the stage and account files. */
  readonly config: string;
  /** @default - the first stage of the project that is quick to deploy */
  readonly stack?: string;
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

/** Deploys a stack to an emulated AWS, shows what exists there, sends requests to it, and destroys it again. */
export async function demo({ config, stack, keep, folder, signal }: DemoOptions): Promise<void> {
  const started = Date.now();
  const { stages } = loadConfiguration(config, { stacks: stack === undefined ? undefined : [stack] });
  const { stage, reason } = chooseStage(stages, config, stack);
  const name = stackName(stage);
  print("", paint("bold", `${name}, deployed to an emulated AWS on this machine`), reason, "");

  const service = LocalService.find(signal);
  const { emulator, terraform } = await step("Start an emulated AWS", async (view) => {
    const report = (message: string) => {
      view.progress(message);
    };
    const variables = await terraformEnvironment(report, providerConstraint(stage));
    const moto = await motoServer(report);
    signal.throwIfAborted();
    const commands = service?.commands([stage]);
    const server = await startEmulator({ ...emulatorOptions(stages, stage), motoServer: moto, commands });
    view.result(`account ${stage.accountId} at ${server.endpoint}`);
    return { emulator: server, terraform: variables };
  });
  try {
    const environment = { ...terraform, ...emulator.environment };
    const session: DemoSession = { config, stage, folder, emulator, environment, signal };
    // It takes as long as the deployment, which does not wait for it; its failure is shown with the requests.
    void service?.build().catch(() => undefined);
    const outputs = await deploy(session);
    await inspect(session, outputs);
    await request(session, outputs, service);
    await confirmQuiet(session);
    if (await keeps(session, keep)) await keepRunning(session, outputs);
    await destroy(session);
  } finally {
    await emulator.stop();
    await service?.stop();
  }
  const duration = prettyMilliseconds(Date.now() - started, { secondsDecimalDigits: 0 });
  print("", `${paint("green", `Done in ${duration}.`)} To look around in it: npm run demo -- --keep`);
}

async function deploy(session: DemoSession): Promise<ReadonlyMap<string, string>> {
  await step(`cdktf synth`, async (view) => {
    await synthesize(session);
    view.result("Terraform JSON, checked against the policy");
  });
  await step(`cdktf deploy ${stackName(session.stage)}`, async (view) => {
    const count = await deployStack(session, view);
    view.result(`${count} resources created`);
  });
  return readOutputs(session);
}

async function inspect(session: DemoSession, outputs: ReadonlyMap<string, string>): Promise<void> {
  const resources = await session.emulator.inventory();
  const existing = new Map([...resourceSummary(resources), ["state", await describeState(session)]]);
  showValues(
    `What exists in the emulated AWS: ${resources.length} resources, without attachments and settings`,
    existing,
  );
  showValues("Outputs", outputSummary(outputs));
}

/** Sends requests to the deployed services, whose containers run as processes of this machine. */
async function request(
  session: DemoSession,
  outputs: ReadonlyMap<string, string>,
  service: LocalService | undefined,
): Promise<void> {
  print("");
  if (!service) {
    print("No requests are sent: app/ contains no Node.js program with a Dockerfile.");
    return;
  }
  const problem = await buildProblem(service);
  session.signal.throwIfAborted();
  if (problem !== undefined) {
    print("No requests are sent, because app/ cannot be built:", ...problem.split("\n").map((line) => `  ${line}`));
    return;
  }
  const migrations = migrated(session);
  if (migrations.length > 0) {
    await step(`Run the task ${migration}`, async (view) => {
      await migrate(session);
      view.result(`of ${migrations.map(({ name }) => name).join(", ")}, ended with exit code 0`);
    });
  }
  const exchanges = await step("Send requests", async (view) => {
    const sent = await sendRequests(session, outputs);
    view.result(await resultOf(sent, service));
    return sent;
  });
  showExchanges(exchanges);
}

/** Why the service cannot be built: a machine without a network can still show the rest. */
async function buildProblem(service: LocalService): Promise<string | undefined> {
  try {
    await service.build();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function resultOf(exchanges: readonly Exchange[], { databases }: LocalService): Promise<string> {
  if (exchanges.length === 0) return "the stage has no URL, or no service of app/";
  if (exchanges.every(({ reason }) => reason !== undefined)) return "none reached a service";
  return ["answered by app/ on this machine", ...(await databases.describe())].join(", with ");
}

async function confirmQuiet(session: DemoSession): Promise<void> {
  await step(`${programNameIn(session.environment)} plan, a second time`, async (view) => {
    view.result(await planAgain(session));
  });
}

async function keeps(session: DemoSession, keep: boolean | undefined): Promise<boolean> {
  const canAsk = isInteractive && process.stdin.isTTY;
  return keep ?? (canAsk && (await confirmKeep(session)));
}

async function destroy(session: DemoSession): Promise<void> {
  const remaining = await step(`cdktf destroy ${stackName(session.stage)}`, async (view) => {
    const count = await destroyStack(session, view);
    const inventory = (await session.emulator.inventory()).filter(({ lingering }) => lingering === undefined);
    const left = inventory.length === 0 ? nothingLeft(session) : `${inventory.length} resources are left`;
    view.result(`${count} resources destroyed; ${left}`);
    return inventory;
  });
  if (remaining.length > 0) showValues("What is left", resourceSummary(remaining));
}

/** The bucket of the state belongs to the account stack, and is there before the stage. */
const nothingLeft = ({ stage }: DemoSession) =>
  stage.state.backend === "s3" ? "only the state bucket is left" : "nothing is left";
