import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { findProgram } from "../fixtures/child";
import { appFolder } from "../fixtures/dockerfile";
import { startProgram } from "../fixtures/program";

const readme = readFileSync(join(appFolder, "README.md"), "utf8");
const calls = readme.split("\n").filter((line) => line.startsWith("curl "));
const noCurl = findProgram("curl") === undefined ? "curl is not installed" : false;

describe("the README", { skip: noCurl }, () => {
  let program: ReturnType<typeof startProgram>;
  let address: string;

  before(async () => {
    program = startProgram("server", { PORT: "0", HOST: "127.0.0.1" });
    address = await program.address();
  });
  after(() => program.stop());

  it("has four curl calls", () => {
    assert.equal(calls.length, 4);
  });

  for (const call of calls) {
    it(`has a call that works: ${call}`, () => {
      const here = call.replace("localhost:8080", address).replace("curl -s", "curl -s --fail-with-body");
      assert.doesNotThrow(() => JSON.parse(execFileSync("sh", ["-c", here], { encoding: "utf8" })));
    });
  }

  it("names only scripts that exist", () => {
    const { scripts } = JSON.parse(readFileSync(join(appFolder, "package.json"), "utf8"));
    for (const [, name = ""] of readme.matchAll(/npm run ([a-z:-]+)/g)) assert(name in scripts, name);
  });
});
