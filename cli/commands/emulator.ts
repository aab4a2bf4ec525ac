import { spawn } from "node:child_process";
import { constants } from "node:os";
import { Command } from "commander";
import { startEmulator } from "emulated-aws";
import { loadConfiguration } from "../../schema";
import { configOption, type ConfigFlags } from "../lib/command-line";
import { emulatorOptions, motoServer } from "../lib/emulator";
import { exportLines } from "../lib/shell";
import { firstStage, stageOfStack } from "../lib/stacks";
import { terraformEnvironment } from "../lib/terraform-environment";
import type { Environment } from "../lib/run";

interface Flags extends ConfigFlags {
  readonly stack?: string;
}

const forwardedSignals = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGWINCH"] as const;

/** Starts the emulated AWS, and resolves to the exit code once the command or the request to end has ended it. */
async function emulate([program, ...args]: readonly string[], { config, stack }: Flags): Promise<number> {
  const { stages } = loadConfiguration(config, { stacks: stack === undefined ? undefined : [stack] });
  const stage = stack === undefined ? firstStage(stages, config) : stageOfStack(stages, stack);
  const options = emulatorOptions(stages, stage);
  const [terraform, moto] = await Promise.all([terraformEnvironment(), motoServer()]);
  const emulator = await startEmulator({ ...options, motoServer: moto });
  const environment = { ...terraform, ...emulator.environment };
  try {
    if (program !== undefined) return await runCommand(environment, program, args);
    process.stdout.write(`${exportLines(environment).join("\n")}\n`);
    process.stderr.write(`\nThe emulated AWS runs at ${emulator.endpoint}; Ctrl-C ends it.\n`);
    return await untilStopped();
  } finally {
    await emulator.stop();
  }
}

/** Runs a command with additional variables; resolves to its exit code, or 128 plus the number of the signal. */
function runCommand(environment: Environment, program: string, args: readonly string[]): Promise<number> {
  const child = spawn(program, args, { stdio: "inherit", env: { ...process.env, ...environment } });
  const listeners = forwardedSignals.map((signal) => {
    // A terminal sends Ctrl-C to the command too; this process must only outlive it.
    const listener = (): void => {
      if (!(signal === "SIGINT" && process.stdin.isTTY)) child.kill(signal);
    };
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  return new Promise<number>((resolve, reject) => {
    child.once("error", (error) => {
      reject(new Error(`${program} could not be started: ${error.message}`));
    });
    child.once("close", (code, signal) => {
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  }).finally(() => {
    for (const remove of listeners) remove();
  });
}

/** Waits for Ctrl-C or another request to end; resolves to the exit code. */
function untilStopped(): Promise<number> {
  // A pending promise does not keep a process alive, but the emulator's server does.
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.once(signal, () => {
        resolve(signal === "SIGINT" ? 0 : 128 + constants.signals[signal]);
      });
    }
  });
}

void new Command("npm run emulator --")
  .description(
    "Emulates AWS on this machine. With a command, runs it against the emulated AWS and exits with its code; " +
      "without, prints the variables for a shell, and runs until Ctrl-C.",
  )
  .argument("[command...]", "program and its arguments")
  .addOption(configOption())
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
