import { existsSync, rmSync } from "node:fs";
import { Command } from "commander";
import { configOption, Interruption, interruptions, silenceSdk, type ConfigFlags } from "../lib/command-line";
import { paint, print } from "../lib/terminal";
import { createDemoFolder, demo } from "./demo/demo";
import { logFile, projectPath } from "./demo/session";

interface Flags extends ConfigFlags {
  readonly stack?: string;
  readonly keep?: boolean;
}

/** Runs the demo; resolves to the exit code. */
async function main({ config, stack, keep }: Flags): Promise<number> {
  silenceSdk();
  const signal = interruptions(() => {
    print("", "Stopping ...");
  });
  const folder = createDemoFolder();
  try {
    await demo({ config, stack, keep, folder, signal });
    rmSync(folder, { recursive: true, force: true });
    return 0;
  } catch (error) {
    if (signal.reason instanceof Interruption) {
      rmSync(folder, { recursive: true, force: true });
      print("Stopped: nothing is left running.");
      return signal.reason.exitCode;
    }
    print("", paint("red", error instanceof Error ? error.message : String(error)));
    const log = logFile(folder);
    if (existsSync(log)) print("", `All output of the tools: ${projectPath(log)}`);
    else rmSync(folder, { recursive: true, force: true });
    return 1;
  }
}

const flags = new Command("npm run demo --")
  .description("Deploys a stack to an emulated AWS on this machine, sends requests to it, and destroys it again.")
  .addOption(configOption())
  .option("--stack <name>", "stack to deploy, as cdktf list shows it (default: the first without Postgres and Redis)")
  .option("--keep", "keep the emulated AWS running until Ctrl-C, without a question")
  .option("--no-keep", "destroy everything at the end, without a question")
  .parse()
  .opts<Flags>();

void main(flags).then((exitCode) => {
  process.exitCode = exitCode;
});
