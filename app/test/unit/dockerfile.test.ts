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
  it("passes the linter", () => {
    const findings = validate(readFileSync(join(appFolder, "Dockerfile"), "utf8")).map(({ message, range }) => `line ${range.start.line + 1}: ${message}`);
    assert.deepEqual(findings, []);
  });

  it("takes its base image from an argument with an exact version as the default", () => {
    const source = readFileSync(join(appFolder, "Dockerfile"), "utf8");
    assert.match(source, /^ARG NODE_IMAGE=\S+:\d+\.\d+\.\d+-\S+$/m);
    for (const { steps } of stages) assert.match(steps[0]?.text ?? "", /\$\{NODE_IMAGE\}/);
  });

  it("uses the build platform in every stage except the final one", () => {
    assert.deepEqual(stages.map(({ steps }) => /\$BUILDPLATFORM/.test(steps[0]?.text ?? "")), [true, true, false]);
  });

  it("installs from the lock file, without development dependencies in the image", () => {
    const installs = every.filter(({ args }) => args.includes("ci")).map(({ text }) => text);
    assert.equal(installs.length, 2);
    assert.match(installs[1] ?? "", /--omit=dev/);
    assert(final.some(({ args }) => args[0] === "--from=dependencies"));
    assert(!every.some(({ text }) => /npm", "install/.test(text)));
  });

  it("removes the package managers from the image, and has no other RUN in its final stage", () => {
    const runs = final.filter(({ keyword }) => keyword === "RUN");
    assert.equal(runs.length, 1);
    assert.equal(runs[0]?.args[0], "rm");
    for (const tool of ["node_modules", "bin/npm", "bin/npx", "bin/corepack", "bin/yarn"]) assert(runs[0]?.text.includes(tool), tool);
  });

  it("runs node directly, as a numeric user other than root", () => {
    assert.equal(one("USER"), "1000:1000");
    assert.deepEqual(JSON.parse(one("CMD")), ["node", "--enable-source-maps", "dist/server.js"]);
    assert.equal(final.filter(({ keyword }) => keyword === "ENTRYPOINT").length, 0);
    assert.equal(one("STOPSIGNAL"), "SIGTERM");
    assert.equal(one("EXPOSE"), "8080");
  });

  it("has a health check that uses only files of the image", () => {
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

  it("has a build context with only the files that it copies", () => {
    const [first, ...allowed] = readFileSync(join(appFolder, ".dockerignore"), "utf8").split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    const copied = every.filter(({ keyword, args }) => keyword === "COPY" && !args[0]?.startsWith("--from")).flatMap(({ args }) => args.slice(0, -1));
    assert.equal(first, "*");
    assert.deepEqual(allowed.map((line) => line.slice(1)).sort(), [...new Set(copied)].sort());
  });

  it("has no dependencies with native code", () => {
    const { packages } = JSON.parse(readFileSync(join(appFolder, "package-lock.json"), "utf8"));
    const production = Object.entries<{ dev?: boolean; cpu?: string[]; hasInstallScript?: boolean }>(packages).filter(([, { dev }]) => dev !== true);
    assert.deepEqual(production.filter(([, { cpu, hasInstallScript }]) => cpu !== undefined || hasInstallScript === true).map(([name]) => name), []);
  });
});
