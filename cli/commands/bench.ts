import { execFileSync } from "node:child_process";
import { join } from "node:path";
import Table from "cli-table3";
import { Command } from "commander";

new Command("npm run bench --")
  .description(
    "Prints the time and memory of a synthesis, and their ratio to loading the modules only, which depend less on the machine.",
  )
  .parse();

const sizes = [0, 1, 10, 100];
const rounds = 5;

interface Measurement {
  readonly seconds: number;
  readonly memoryMiB: number;
}

function measure(program: string, argument: string): Measurement {
  const tsx = join(__dirname, "..", "..", "node_modules", ".bin", "tsx");
  const output = execFileSync(tsx, [join(__dirname, "bench", program), argument], { encoding: "utf8" });
  const parsed: unknown = JSON.parse(output);
  if (!isMeasurement(parsed)) throw new Error(`unexpected output of the measured process: ${output}`);
  return parsed;
}

function isMeasurement(value: unknown): value is Measurement {
  return typeof value === "object" && value !== null && "seconds" in value && "memoryMiB" in value;
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

// All sizes in each round, so that a slow phase of the machine affects every size.
const runs = Array.from({ length: rounds }, () => sizes.map((copies) => measure("synthesize.ts", String(copies))));
const results = sizes.map((copies, index) => ({
  copies,
  seconds: median(runs.map((run) => run[index]?.seconds ?? Number.NaN)),
  memoryMiB: median(runs.map((run) => run[index]?.memoryMiB ?? Number.NaN)),
}));
const floor = results[0]?.seconds ?? Number.NaN;

const table = new Table({
  head: ["stages", "time", "x floor", "ms per stage", "peak memory"],
  style: { head: [], border: [] },
});
for (const { copies, seconds, memoryMiB } of results) {
  table.push([
    copies === 0 ? "floor: modules only" : copies,
    `${seconds.toFixed(2)} s`,
    (seconds / floor).toFixed(2),
    copies === 0 ? "" : (((seconds - floor) / copies) * 1000).toFixed(1),
    `${memoryMiB.toFixed(0)} MiB`,
  ]);
}
const perStage = (copies: number) =>
  ((results.find((result) => result.copies === copies)?.seconds ?? Number.NaN) - floor) / copies;
console.log(`Synthesis, median of ${rounds} rounds`);
console.log(table.toString());
console.log(`cost per stage, 100 stages against 10: ${(perStage(100) / perStage(10)).toFixed(2)}`);

const shipped = Array.from({ length: rounds }, () => ({
  alone: measure("shipped.ts", "alone").seconds,
  checked: measure("shipped.ts", "policy").seconds,
}));
const [alone, checked] = [median(shipped.map((run) => run.alone)), median(shipped.map((run) => run.checked))];
const share = (checked / alone - 1) * 100;
console.log(
  `the policy over the stages of config/: ${alone.toFixed(2)} s of CPU without, ${checked.toFixed(2)} s with it, ` +
    `${share.toFixed(0)} % more (at most 20 %)`,
);
