import { apply } from "./apply";
import { duration } from "./duration";
import { keep, wantsToKeep } from "./keep";
import { readOutputs } from "./outputs";
import { secondPlan } from "./second-plan";
import type { Session } from "./session";
import { showResources, showValues } from "./show";
import { describeState } from "./state-object";
import { step } from "../../lib/progress";
import { isInteractive, paint, print } from "../../lib/terminal";

/**
 * Deploys, shows what is there, and takes it down.
 *
 * @param keepsRunning - undefined asks where someone can answer, and takes down elsewhere
 */
export async function tour(session: Session, keepsRunning?: boolean): Promise<void> {
  const started = Date.now();
  const outputs = await deploy(session);
  await lookAround(session);
  print("", paint("green", `Deployed and verified in ${duration(Date.now() - started)}.`));

  const asks = keepsRunning === undefined && isInteractive && process.stdin.isTTY;
  if (asks ? await wantsToKeep(session) : keepsRunning) await keep(session, outputs);
  await takeDown(session);
}

async function deploy(session: Session): Promise<ReadonlyMap<string, string>> {
  await step(`cdktf deploy ${session.stage.stack}`, async (view) => {
    const count = await apply(session, "deploy", view);
    view.result(`${count} resources created`);
  });
  const outputs = await readOutputs(session);
  showValues("Outputs", outputs);
  print("");
  return outputs;
}

async function lookAround(session: Session): Promise<void> {
  const resources = await step("Ask the emulated AWS what exists", async (view) => {
    const found = await session.emulator.inventory();
    view.result(`${found.length} resources`);
    return found;
  });
  showResources(resources);
  print("");
  await step("terraform plan, a second time", async (view) => {
    view.result(await secondPlan(session));
  });
  const state = await step("Look into the state bucket", async () => describeState(session));
  showValues("State", state);
}

async function takeDown(session: Session): Promise<void> {
  print("");
  await step(`cdktf destroy ${session.stage.stack}`, async (view) => {
    const count = await apply(session, "destroy", view);
    view.result(`${count} resources destroyed`);
  });
  const left = await step("Ask the emulated AWS what is left", async (view) => {
    const found = (await session.emulator.inventory()).filter(({ lingering }) => lingering === undefined);
    view.result(found.length === 0 ? "nothing but the state bucket" : `${found.length} resources`);
    return found;
  });
  if (left.length > 0) showResources(left);
}
