import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { projectFolder } from "../../cli/lib/project";
import { fixtureConfig } from "../fixtures/config";

// A command whose emulator is killed with SIGKILL receives no signal: this one ends when its parent has.
const printsAddress =
  "console.log(process.env.AWS_ENDPOINT_URL); const { ppid } = process; setInterval(() => process.ppid === ppid || process.exit(), 100)";

describe("npm run emulator -- <command>", () => {
  const start = (...command: string[]) =>
    spawn(process.execPath, ["cli/run.mjs", "cli/commands/emulator.ts", "--config", fixtureConfig, ...command], {
      cwd: projectFolder,
      stdio: ["ignore", "pipe", "inherit"],
    });

  it("runs the command in the emulated AWS and exits with its code", async () => {
    const child = start("node", "-e", "fetch(process.env.AWS_ENDPOINT_URL).then(() => process.exit(7))");
    // A pipe that is not read does not end, and so neither would jest.
    child.stdout.resume();
    const descendants = await withMoto(child);
    await once(child, "exit");
    expect(child.exitCode).toBe(7);
    await expectGone(descendants);
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"] as const)("leaves no process running after %s", async (signal) => {
    const child = start("node", "-e", printsAddress);
    await lineFrom(child);
    const descendants = await withMoto(child);
    child.kill(signal);
    await once(child, "exit");
    await expectGone(descendants);
  });
});

/** Waits until moto is among the descendants of a process; returns the ids of all descendants. */
async function withMoto(child: ChildProcess): Promise<number[]> {
  for (;;) {
    const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" })
      .split("\n")
      .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
      .map((match) => ({ pid: Number(match?.[1]), parent: Number(match?.[2]), command: match?.[3] ?? "" }));
    const family = [child.pid];
    for (const pid of family) family.push(...table.filter(({ parent }) => parent === pid).map((each) => each.pid));
    const descendants = table.filter(({ pid }) => pid !== child.pid && family.includes(pid));
    if (descendants.some(({ command }) => command.includes("moto_server"))) return descendants.map(({ pid }) => pid);
    if (child.exitCode !== null) throw new Error("the emulator ended before moto started");
    await sleep(50);
  }
}

async function lineFrom(child: ChildProcess): Promise<void> {
  if (child.stdout === null) throw new Error("the output is not piped");
  await once(child.stdout, "data");
}

async function expectGone(pids: readonly number[]): Promise<void> {
  const alive = () => pids.filter((pid) => isAlive(pid));
  for (let attempt = 0; attempt < 100 && alive().length > 0; attempt++) await sleep(100);
  expect(alive()).toEqual([]);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
