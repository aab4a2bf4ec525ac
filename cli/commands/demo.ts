import { existsSync, rmSync } from "node:fs";
import { Command } from "commander";
import { demo, demoFolder } from "./demo/demo";
import { Interruption, interruptions } from "../lib/command-line";
import { logFile, shown } from "./demo/session";
import { paint, print } from "../lib/terminal";

interface Flags {
  readonly stack: string;
  readonly keep?: boolean;
}

/** Runs the demo; resolves to the exit code. */
async function main({ stack, keep }: Flags): Promise<number> {
  const signal = interruptions(() => {
    print("", "Stopping ...");
  });
  const folder = demoFolder();
  try {
    await demo({ stack, keep, folder, signal });
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
    if (existsSync(log)) print("", `All output of the tools: ${shown(log)}`);
    else rmSync(folder, { recursive: true, force: true });
    return 1;
  }
}

const flags = new Command("npm run demo --")
  .description("Deploys a stack to an emulated AWS on this machine, shows what exists then, and takes it down again.")
  .option("--stack <name>", "stack to deploy, as cdktf list shows it", "dev02-us-east-1")
  .option("--keep", "leave the emulated AWS running until Ctrl-C, without asking")
  .option("--no-keep", "take everything down at the end, without asking")
  .parse()
  .opts<Flags>();

void main(flags).then((exitCode) => {
  process.exitCode = exitCode;
});
