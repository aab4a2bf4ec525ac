import { Command } from "commander";
import { startEmulator } from "emulated-aws";
import { loadStages } from "../../../schema";
import { motoServer, terraformEnvironment } from "../../lib/toolchain";
import { optionsFor } from "../../lib/emulator-options";
import { runInside } from "./run-inside";
import { shellLines } from "./shell-lines";
import { untilStopped } from "./until-stopped";

interface Flags {
  readonly stack?: string;
}

/** Runs `npm run emulator`: sets the exit code, and prints an error without a stack trace. */
export async function emulatorCommand(): Promise<void> {
  const program = new Command("npm run emulator --")
    .description(
      "Emulates AWS on this machine. With a command, runs it against the emulated AWS and exits with its code; " +
        "without, prints what to copy into a shell, and stays.",
    )
    .argument("[command...]", "program and its arguments")
    .option("--stack <name>", "stack whose account and region are the default ones (default: the first one)")
    .passThroughOptions()
    .action(async (command: string[], flags: Flags) => {
      process.exitCode = await emulate(command, flags);
    });
  try {
    await program.parseAsync();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

async function emulate([program, ...args]: readonly string[], { stack }: Flags): Promise<number> {
  const options = optionsFor(loadStages(), stack);
  const [terraform, moto] = await Promise.all([terraformEnvironment(), motoServer()]);
  const emulator = await startEmulator({ ...options, motoServer: moto });
  const environment = { ...terraform, ...emulator.environment };
  try {
    if (program !== undefined) return await runInside(environment, program, args);
    process.stdout.write(`${shellLines(environment).join("\n")}\n`);
    process.stderr.write(`\nThe emulated AWS runs at ${emulator.endpoint}; Ctrl-C ends it.\n`);
    return await untilStopped();
  } finally {
    await emulator.stop();
  }
}
