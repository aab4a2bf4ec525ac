import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { startMoto } from "../moto";
import { median } from "./measure";

const program = join(__dirname, "../bin.mjs");

/** The median milliseconds until moto alone answers, and until the emulator in a process of its own prints its variables. */
export async function medianStarts(motoServer: string, rounds: number): Promise<readonly [number, number]> {
  const moto: number[] = [];
  const emulator: number[] = [];
  for (let round = 0; round < rounds; round++) {
    moto.push(await motoStart(motoServer));
    emulator.push(await emulatorStart(motoServer));
  }
  return [median(moto), median(emulator)];
}

async function motoStart(motoServer: string): Promise<number> {
  const start = performance.now();
  const moto = await startMoto(motoServer);
  const elapsed = performance.now() - start;
  await moto.stop();
  return elapsed;
}

async function emulatorStart(motoServer: string): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, [program, "--moto-server", motoServer], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const exit = once(child, "exit");
  await Promise.race([once(child.stdout, "data"), exit]);
  const elapsed = performance.now() - start;
  if (child.exitCode !== null) throw new Error(`the emulator ended with exit code ${child.exitCode}`);
  child.kill("SIGTERM");
  await exit;
  return elapsed;
}
