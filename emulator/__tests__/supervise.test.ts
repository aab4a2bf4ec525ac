import { exitCodeOf, stop, supervise, type Supervised } from "../supervise";

describe("a supervised program", () => {
  const shell = (script: string): Supervised => {
    const child = supervise("/bin/sh", ["-c", script], { env: process.env });
    child.stderr.resume();
    return child;
  };
  const firstOutput = (child: Supervised): Promise<unknown> =>
    new Promise((resolve) => child.stdout.once("data", resolve));

  it("has the exit code with which it ended", async () => {
    expect(await exitCodeOf(shell("exit 3"))).toBe(3);
  });

  it("ends with the signal when it is stopped", async () => {
    const child = shell("echo ready; exec sleep 60");
    await firstOutput(child);
    const code = exitCodeOf(child);
    await stop(child);
    expect(await code).toBe(143);
  });

  it("is killed when it ignores the signal", async () => {
    const child = shell("trap '' TERM; echo ready; while :; do sleep 1; done");
    await firstOutput(child);
    await stop(child);
    expect(child.signalCode).toBe("SIGKILL");
  });

  it("ends also when it is stopped before it runs", async () => {
    const children = Array.from({ length: 20 }, () => shell("sleep 60"));
    await Promise.all(children.map(stop));
    expect(children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)).toEqual([]);
  });
});
