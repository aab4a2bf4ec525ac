import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { measuredCalls } from "../bench/calls";

test("the bench measures a start, and each call by the default caller and by a role", async () => {
  const program = [require.resolve("tsx/cli"), join(__dirname, "../bench/main.ts")];
  const { stdout } = await promisify(execFile)(process.execPath, [...program, "--starts", "1", "--rounds", "1"]);
  expect(stdout).toMatch(/^ +moto \d+\.\d\d s, emulator \d+\.\d\d s$/m);
  for (const { protocol, operation } of measuredCalls) {
    expect(stdout).toMatch(new RegExp(`^ +${protocol} ${operation}( +-?[0-9.]+){4} x( +-?[0-9.]+){3} x$`, "m"));
  }
});
