import { Command, InvalidArgumentError } from "commander";
import { startEmulator } from "..";
import { findModels } from "../models/botocore";
import { Models } from "../models/model";
import { startMoto } from "../moto";
import { Client, measuredCalls } from "./calls";
import { medianTimes } from "./measure";
import { assumedRole } from "./session";
import { medianStarts } from "./start";

interface Flags {
  readonly motoServer: string;
  readonly starts: number;
  readonly rounds: number;
}

const limits = { startSeconds: 3, callMs: 2 };
// moto loads a service at its first call, and the emulator its model.
const warmUpRounds = 20;

async function bench({ motoServer, starts, rounds }: Flags): Promise<void> {
  const [motoStart, emulatorStart] = await medianStarts(motoServer, starts);
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  console.log(`start, median of ${starts}; the limit is ${limits.startSeconds} s`);
  console.log(`  moto ${seconds(motoStart)}, emulator ${seconds(emulatorStart)}\n`);

  const models = new Models(await findModels(motoServer));
  const moto = await startMoto(motoServer);
  const emulator = await startEmulator({ accountId: "123456789012", motoServer });
  try {
    const alone = new Client(`http://${moto.upstream.host}:${moto.upstream.port}`, models);
    const through = new Client(emulator.endpoint, models);
    const session = await assumedRole(through);
    const clients = [alone, through, new Client(emulator.endpoint, models, session)];
    const tasks = measuredCalls.flatMap((call) => clients.map((client) => () => client.send(call)));
    await medianTimes(tasks, warmUpRounds);
    const times = await medianTimes(tasks, rounds);
    console.log(`idle call in ms, median of ${rounds} rounds; the limit is ${limits.callMs} ms more than moto`);
    console.log(row("call", "moto", "emulator", "more", "ratio", "role", "more", "ratio"));
    measuredCalls.forEach(({ protocol, operation }, index) => {
      const [own = 0, root = 0, role = 0] = times.slice(index * clients.length);
      console.log(row(`${protocol} ${operation}`, shown(own), ...compared(root, own), ...compared(role, own)));
    });
  } finally {
    await Promise.all([emulator.stop(), moto.stop()]);
  }
}

function compared(time: number, moto: number): readonly string[] {
  return [shown(time), shown(time - moto), `${(time / moto).toFixed(2)} x`];
}

function shown(ms: number): string {
  return ms.toFixed(2);
}

function row(name: string, ...cells: readonly string[]): string {
  return `  ${name.padEnd(24)}${cells.map((cell) => cell.padStart(10)).join("")}`;
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Write a whole number from 1 to 9999.");
}

const program = new Command("npm run bench --")
  .description("Prints the time of a start and of idle calls through the emulator beside those of moto alone.")
  .option("--moto-server <path>", "path or name of moto_server", "moto_server")
  .option("--starts <count>", "rounds of starts", wholeNumber, 5)
  .option("--rounds <count>", "rounds of calls", wholeNumber, 300)
  .parse();
bench(program.opts<Flags>()).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
