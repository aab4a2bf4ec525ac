import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { validate } from "dockerfile-utils";
import { appFolder, readStages } from "../fixtures/dockerfile";

const stages = readStages();
const final = stages.at(-1)?.steps ?? [];
const every = stages.flatMap(({ steps }) => steps);
const one = (keyword: string) => final.find((step) => step.keyword === keyword)?.text ?? "";

describe("the Dockerfile", () => {
  it("has nothing that a linter finds", () => {
    const findings = validate(readFileSync(join(appFolder, "Dockerfile"), "utf8")).map(({ message, range }) => `line ${range.start.line + 1}: ${message}`);
    assert.deepEqual(findings, []);
  });

  it("takes its base from an argument whose default is an exact version", () => {
    const source = readFileSync(join(appFolder, "Dockerfile"), "utf8");
    assert.match(source, /^ARG NODE_IMAGE=\S+:\d+\.\d+\.\d+-\S+$/m);
    for (const { steps } of stages) assert.match(steps[0]?.text ?? "", /\$\{NODE_IMAGE\}/);
  });

  it("builds on the builder's processor and leaves the target's to the final stage", () => {
    assert.deepEqual(stages.map(({ steps }) => /\$BUILDPLATFORM/.test(steps[0]?.text ?? "")), [true, true, false]);
  });

  it("installs exactly the lock file, and for the image no development dependencies", () => {
    const installs = every.filter(({ args }) => args.includes("ci")).map(({ text }) => text);
    assert.equal(installs.length, 2);
    assert.match(installs[1] ?? "", /--omit=dev/);
    assert(final.some(({ args }) => args[0] === "--from=dependencies"));
    assert(!every.some(({ text }) => /npm", "install/.test(text)));
  });

  it("removes the package managers from the image, and runs nothing else in it", () => {
    const runs = final.filter(({ keyword }) => keyword === "RUN");
    assert.equal(runs.length, 1);
    assert.equal(runs[0]?.args[0], "rm");
    for (const tool of ["node_modules", "bin/npm", "bin/npx", "bin/corepack", "bin/yarn"]) assert(runs[0]?.text.includes(tool), tool);
  });

  it("runs Node itself, as a user by number that is not root", () => {
    assert.equal(one("USER"), "1000:1000");
    assert.deepEqual(JSON.parse(one("CMD")), ["node", "--enable-source-maps", "dist/server.js"]);
    assert.equal(final.filter(({ keyword }) => keyword === "ENTRYPOINT").length, 0);
    assert.equal(one("STOPSIGNAL"), "SIGTERM");
    assert.equal(one("EXPOSE"), "8080");
  });

  it("checks its health with what it contains", () => {
    assert.match(one("HEALTHCHECK"), /CMD \["node", "dist\/health-check.js"\]$/);
    assert(!every.some(({ text }) => /curl|wget|apt-get/.test(text)));
  });

  it("uses no shell, no ADD and no secret", () => {
    for (const { keyword, text } of every) {
      if (keyword === "RUN") assert.match(text, /^\[/);
      assert.notEqual(keyword, "ADD");
      assert.doesNotMatch(text, /password|secret|token/i);
    }
  });

  it("is sent nothing but what it copies", () => {
    const [first, ...allowed] = readFileSync(join(appFolder, ".dockerignore"), "utf8").split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    const copied = every.filter(({ keyword, args }) => keyword === "COPY" && !args[0]?.startsWith("--from")).flatMap(({ args }) => args.slice(0, -1));
    assert.equal(first, "*");
    assert.deepEqual(allowed.map((line) => line.slice(1)).sort(), [...new Set(copied)].sort());
  });

  it("needs nothing that is compiled for one processor", () => {
    const { packages } = JSON.parse(readFileSync(join(appFolder, "package-lock.json"), "utf8"));
    const production = Object.entries<{ dev?: boolean; cpu?: string[]; hasInstallScript?: boolean }>(packages).filter(([, { dev }]) => dev !== true);
    assert.deepEqual(production.filter(([, { cpu, hasInstallScript }]) => cpu !== undefined || hasInstallScript === true).map(([name]) => name), []);
  });
});
