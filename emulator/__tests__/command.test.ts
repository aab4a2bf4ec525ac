import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { exportLines } from "../command";

test("undefined variables are unset, and those with the current value are left out", () => {
  expect(exportLines({ A: "1", B: undefined, C: "3", D: undefined }, { B: "2", C: "3" })).toEqual([
    "export A=1",
    "unset B",
  ]);
});

test.each(["", "two words", "it's", "$HOME `x` \\", "a;b"])("a shell reads the value %p as it is", (value) => {
  const script = [...exportLines({ VALUE: value }), 'printf %s "$VALUE"'].join("\n");
  expect(execFileSync("/bin/sh", ["-c", script]).toString()).toBe(value);
});

describe("a command", () => {
  // It runs its arguments in a terminal of their own with another input, presses Ctrl-C once they print READY, and prints
  // their output.
  const terminal = `
import os
import pty
import signal
import sys
import time

pid, terminal = pty.fork()
if pid == 0:
    os.dup2(os.open("/dev/null", os.O_RDONLY), 0)
    os.execvp(sys.argv[1], sys.argv[1:])
output = b""
while True:
    try:
        chunk = os.read(terminal, 1024)
    except OSError:
        break
    if not chunk:
        break
    if b"READY" not in output and b"READY" in output + chunk:
        # The command has handled the signal before its parent does: two that are pending would be one.
        os.kill(pid, signal.SIGSTOP)
        os.write(terminal, b"\\x03")
        time.sleep(0.2)
        os.kill(pid, signal.SIGCONT)
    output += chunk
os.waitpid(pid, 0)
sys.stdout.write(output.decode())`;
  // It counts how often Ctrl-C reaches it.
  const counts = `
    let count = 0;
    process.on("SIGINT", () => { if (++count === 1) setTimeout(() => { console.log("count " + count); process.exit(0); }, 500); });
    setInterval(() => {}, 1000);
    console.log("READY");`;
  const runs = `
    require("tsx/cjs/api").register();
    const { runCommand } = require(${JSON.stringify(join(__dirname, "../command.ts"))});
    runCommand({}, process.execPath, ["-e", ${JSON.stringify(counts)}]);`;

  it("gets Ctrl-C of the terminal once, also when its input is another", () => {
    const args = ["-c", terminal, process.execPath, "-e", runs];
    const output = execFileSync("python3", args, { cwd: __dirname }).toString();
    expect(output).toContain("count 1");
  });

  it("gets a signal that only this process has received", async () => {
    // A session without a terminal.
    const child = spawn(process.execPath, ["-e", runs], {
      cwd: __dirname,
      detached: true,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += String(chunk);
      if (output.trim() === "READY") child.kill("SIGINT");
    });
    await once(child, "close");
    expect(output).toContain("count 1");
  });
});
