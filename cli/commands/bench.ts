import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import Table from "cli-table3";
import { Command, InvalidArgumentError } from "commander";
import { z } from "zod";
import { benchStage, benchStageFile } from "./bench/stage";
import { projectFolder } from "../lib/project";

const install = "npm install --no-save aws-cdk-lib@2.276.0 constructs tsx";
const terraform = z.object({ resource: z.record(z.string(), z.record(z.string(), z.unknown())) });
const sizes = [1, 10, 100] as const;

interface Flags {
  readonly awsCdk: string;
  readonly rounds: number;
}

const { awsCdk, rounds } = new Command("npm run bench --")
  .description(
    "Prints the CPU time of a synthesis of 1, 10 and 100 stacks, the policy included, beside that of AWS CDK.",
  )
  .option("--aws-cdk <folder>", `where AWS CDK is installed: ${install}`, join(tmpdir(), "aws-cdk"))
  .option("--rounds <count>", "rounds; the median counts", wholeNumber, 5)
  .parse()
  .opts<Flags>();

const folder = mkdtempSync(join(tmpdir(), "bench-"));
try {
  bench(resolve(awsCdk), rounds);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Write a whole number from 1 to 999.");
}

/** A program of which the CPU time of whole processes is measured. */
interface Program {
  readonly name: string;
  readonly command: readonly string[];
  readonly cwd: string;
}

function bench(peerFolder: string, rounds: number): void {
  const hasPeer = existsSync(join(peerFolder, "node_modules", "aws-cdk-lib"));
  if (hasPeer) copyFileSync(join(projectFolder, "cli/commands/bench/aws-cdk.ts"), join(peerFolder, "bench.ts"));
  else console.log(`AWS CDK is not installed in ${peerFolder}, and so not compared; in that folder, run ${install}\n`);

  const own = sizes.map(ownProgram);
  const peers = hasPeer ? sizes.map((size) => peerProgram(peerFolder, size)) : [];
  const [one] = own;
  if (one === undefined) return;
  cpuSeconds(one); // builds the bundle, and writes what the floor copies
  const resources = countResources(one.cwd);
  const cli = [
    cdktfProgram("a program that copies a file", `cp -r ${join(one.cwd, "cdktf.out")} .`),
    cdktfProgram("this project", one.command.join(" ")),
  ];
  const seconds = medians([...own, ...peers, ...cli], rounds);
  const secondsOf = (program: Program | undefined) => (program === undefined ? undefined : seconds.get(program));

  console.log(
    `CPU seconds of whole processes, ${rounds === 1 ? "one round" : `median of ${rounds} alternating rounds`}; ${resources} resources a stack\n`,
  );
  const table = new Table({ head: ["stacks", "this project", "AWS CDK", "ratio"], style: { head: [], border: [] } });
  sizes.forEach((size, index) => {
    const [ours, theirs] = [secondsOf(own[index]), secondsOf(peers[index])];
    const ratio = ours === undefined || theirs === undefined ? "" : `${(theirs / ours).toFixed(1)} x`;
    table.push([size, shown(ours), shown(theirs), ratio]);
  });
  console.log(table.toString());
  const [floor, synth] = cli.map(secondsOf);
  console.log(
    `\ncdktf synth with ${cli[0]?.name ?? ""}: ${shown(floor)}; with one stack of this project: ${shown(synth)}`,
  );
}

/** A folder with a configuration of its own, so that nothing depends on config/. */
function ownProgram(size: number): Program {
  const cwd = join(folder, String(size));
  for (let index = 0; index < size; index++) {
    const file = join(cwd, "config", benchStageFile(index));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `export default ${JSON.stringify(benchStage(index))};\n`);
  }
  const command = [process.execPath, join(projectFolder, "cli/run.mjs"), "main.ts", join(cwd, "config")];
  return { name: `this project, ${size} stacks`, command, cwd };
}

/** AWS CDK has no build step either: its documentation runs the TypeScript program. */
function peerProgram(cwd: string, size: number): Program {
  return {
    name: `AWS CDK, ${size} stacks`,
    command: [process.execPath, "node_modules/tsx/dist/cli.mjs", "bench.ts", String(size)],
    cwd,
  };
}

/** `cdktf synth` of a program. */
function cdktfProgram(name: string, app: string): Program {
  const cwd = mkdtempSync(join(folder, "cdktf-"));
  writeFileSync(join(cwd, "cdktf.json"), JSON.stringify({ language: "typescript", app, sendCrashReports: "false" }));
  return { name, command: [join(projectFolder, "node_modules/.bin/cdktf"), "synth"], cwd };
}

/** All programs in each round, so that a slow phase of the machine affects each of them. */
function medians(programs: readonly Program[], rounds: number): ReadonlyMap<Program, number> {
  const runs = Array.from({ length: rounds }, () => programs.map(cpuSeconds));
  return new Map(programs.map((program, index) => [program, median(runs.map((run) => run[index] ?? Number.NaN))]));
}

/**
 * CPU seconds of a program and all processes that it starts, by `times` of the shell.
 *
 * @throws Error when the program fails, which prints the reason
 */
function cpuSeconds({ name, command, cwd }: Program): number {
  const script = '"$@" >/dev/null 2>output || { cat output >&2; exit 1; }; times';
  const { status, stdout } = spawnSync("sh", ["-c", script, "sh", ...command], {
    cwd,
    env: { ...process.env, CI: "true", DISABLE_VERSION_CHECK: "1", CHECKPOINT_DISABLE: "1" },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`${name} failed`);
  const [, children = ""] = stdout.trim().split("\n");
  return [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, m, s]) => sum + Number(m) * 60 + Number(s), 0);
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function countResources(cwd: string): number {
  const stacks = join(cwd, "cdktf.out", "stacks");
  const [stack = ""] = readdirSync(stacks);
  const { resource } = terraform.parse(JSON.parse(readFileSync(join(stacks, stack, "cdk.tf.json"), "utf8")));
  return Object.values(resource).reduce((sum, all) => sum + Object.keys(all).length, 0);
}

function shown(seconds: number | undefined): string {
  return seconds === undefined ? "" : `${seconds.toFixed(2)} s`;
}
