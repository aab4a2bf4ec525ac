import { Command } from "commander";
import { exportLines, runCommand, startEmulator, untilStopped } from "emulated-aws";
import { loadConfiguration } from "../../schema";
import { configOption, silenceSdk, type ConfigFlags } from "../lib/command-line";
import { emulatorOptions, motoServer } from "../lib/emulator";
import { LocalService } from "../lib/local-service/local-service";
import { firstStage, stageOfStack } from "../lib/stacks";
import { terraformEnvironment } from "../lib/terraform-environment";

interface Flags extends ConfigFlags {
  readonly record?: string;
  readonly stack?: string;
}

/** Starts the emulated AWS, and resolves to the exit code once the command or the request to end has ended it. */
async function emulate([program, ...args]: readonly string[], { config, record, stack }: Flags): Promise<number> {
  silenceSdk();
  const { stages } = loadConfiguration(config, { stacks: stack === undefined ? undefined : [stack] });
  const stage = stack === undefined ? firstStage(stages, config) : stageOfStack(stages, stack);
  const options = emulatorOptions(stages, stage);
  const [terraform, moto] = await Promise.all([terraformEnvironment(), motoServer()]);
  const ended = new AbortController();
  const service = LocalService.find(ended.signal);
  const warn = (message: string): void => {
    process.stderr.write(`${message}\n`);
  };
  const commands = service?.commands(stages);
  const emulator = await startEmulator({ ...options, record, motoServer: moto, commands, warn });
  const environment = { ...terraform, ...emulator.environment };
  try {
    if (program !== undefined) return await runCommand(environment, program, args);
    process.stdout.write(`${exportLines(environment).join("\n")}\n`);
    process.stderr.write(`\nThe emulated AWS runs at ${emulator.endpoint}; Ctrl-C ends it.\n`);
    return await untilStopped();
  } finally {
    ended.abort();
    await emulator.stop();
    await service?.stop();
  }
}

void new Command("npm run emulator --")
  .description(
    "Emulates AWS on this machine. With a command, runs it against the emulated AWS and exits with its code; " +
      "without, prints the variables for a shell, and runs until Ctrl-C.",
  )
  .argument("[command...]", "program and its arguments")
  .addOption(configOption())
  .option("--record <file>", "file to which every call is written, one line of JSON each")
  .option("--stack <name>", "stack whose account and region are the default ones (default: the first one)")
  .passThroughOptions()
  .action(async (command: string[], flags: Flags) => {
    try {
      process.exitCode = await emulate(command, flags);
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    }
  })
  .parseAsync();
