import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endProcessGroup, run } from "../../../cli/lib/run";
import { ToolError } from "../../../cli/lib/tool-error";
import { TemporaryFolder } from "./temporary-folder";

const folder = new TemporaryFolder();

/** Starts a script, and aborts it once it has said "ready". */
async function abortWhenReady(body: string): Promise<{ error: unknown; processes: number[] }> {
  const controller = new AbortController();
  const processes: number[] = [];
  const error: unknown = await run("/bin/sh", ["-c", body], {
    signal: controller.signal,
    onLine: (line) => {
      if (line === "ready") controller.abort(new Error("stopped by the test"));
      else processes.push(Number(line));
    },
  }).catch((reason: unknown) => reason);
  return { error, processes };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test("lines of standard output and standard error are passed on, returned and logged", async () => {
  const lines: string[] = [];
  const logFile = join(folder.path, "out.log");
  const onLine = (line: string) => lines.push(line);
  const { exitCode, tail } = await run("/bin/sh", ["-c", "echo one; sleep 0.1; echo two >&2; exit 3"], {
    onLine,
    logFile,
  });
  expect(exitCode).toBe(3);
  expect(lines).toEqual(["one", "two"]);
  expect(tail).toEqual(["one", "two"]);
  expect(readFileSync(logFile, "utf8")).toBe("one\ntwo\n");
});

test("colours and cursor movements are removed", async () => {
  const { tail } = await run("printf", ["\\033[2K\\033[1mbold\\033[0m text\\n"]);
  expect(tail).toEqual(["bold text"]);
});

test("only the last 200 lines are kept", async () => {
  const { tail } = await run("/bin/sh", ["-c", "seq 1 300"]);
  expect([tail.length, tail[0], tail.at(-1)]).toEqual([200, "101", "300"]);
});

test("variables are added to those of this process, and undefined removes one", async () => {
  const env = { ADDED: "yes", HOME: undefined };
  const { tail } = await run("/bin/sh", ["-c", 'echo "$ADDED ${HOME-none} ${PATH:+path}"'], { env });
  expect(tail).toEqual(["yes none path"]);
});

test("a program that a signal ended has an exit code above 128", async () => {
  expect((await run("/bin/sh", ["-c", "kill -9 $$"])).exitCode).toBe(137);
});

test("a program that cannot be started is named", async () => {
  const missing = join(folder.path, "missing");
  await expect(run(missing, [])).rejects.toThrow(ToolError);
  await expect(run(missing, [])).rejects.toThrow(/missing could not be started/);
});

test("aborting ends the program and its child processes before the promise settles", async () => {
  const { error, processes } = await abortWhenReady("sleep 60 & echo $!; echo $$; echo ready; wait");
  expect(error).toEqual(new Error("stopped by the test"));
  expect(processes.map(isAlive)).toEqual([false, false]);
});

test("a program can clean up when aborted", async () => {
  const file = join(folder.path, "tidied");
  await abortWhenReady(`trap 'sleep 0.3; touch ${file}; exit' TERM; echo ready; while :; do sleep 0.1; done`);
  expect(existsSync(file)).toBe(true);
});

test("an aborted signal starts nothing", async () => {
  const file = join(folder.path, "started");
  const signal = AbortSignal.abort(new Error("stopped before"));
  await expect(run("/bin/sh", ["-c", `touch ${file}`], { signal })).rejects.toThrow("stopped before");
  await sleep(100);
  expect(existsSync(file)).toBe(false);
});

test("a program reads its input, or an empty one", async () => {
  expect((await run("/bin/cat", [], { input: "a password" })).tail).toEqual(["a password"]);
  expect((await run("/bin/cat", [])).tail).toEqual([]);
});

test("a process that ignores SIGTERM is killed after the grace period", async () => {
  const child = spawn("/bin/sh", ["-c", "trap '' TERM; echo ready; while :; do sleep 0.1; done"], { detached: true });
  const exit = once(child, "exit");
  await once(child.stdout, "data");
  await endProcessGroup(child, 200);
  expect(await exit).toEqual([null, "SIGKILL"]);
});

test("a process that has already ended is not an error", async () => {
  const child = spawn("/bin/sh", ["-c", "exit"], { detached: true });
  await once(child, "exit");
  await expect(endProcessGroup(child)).resolves.toBeUndefined();
});
