import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const sourceFile = join(__dirname, "../../cli/setup.mjs");

/** Stands for npm-cli.js: counts its runs, takes a moment, and installs what the lock file says. */
const fakeNpm = `
const fs = require("node:fs");
fs.appendFileSync("npm-runs.log", process.argv.slice(2).join(" ") + "\\n");
setTimeout(() => {
  if (fs.existsSync("npm-fails")) process.exit(7);
  const lock = JSON.parse(fs.readFileSync("package-lock.json"));
  delete lock.packages[""];
  for (const [path, entry] of Object.entries(lock.packages)) if (entry.os) delete lock.packages[path];
  fs.mkdirSync("node_modules", { recursive: true });
  fs.writeFileSync("node_modules/.package-lock.json", JSON.stringify(lock));
}, 300);`;

const packages = {
  "": { name: "sample" },
  "node_modules/left": { version: "1.0.0", integrity: "sha512-left", resolved: "https://one.example/left.tgz" },
  "node_modules/mac-only": { version: "1.0.0", integrity: "sha512-mac", optional: true, os: ["darwin"] },
  "node_modules/by-git": { version: "1.0.0", resolved: "git+ssh://git@example.com/by-git.git#aaa" },
};

let project: string;
const lockFile = () => join(project, ".tools/npm-ci.lock");

function writeLock(changes: Record<string, object | undefined> = {}, engine = ">=20.19") {
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "sample", engines: { node: engine } }));
  writeFileSync(join(project, "package-lock.json"), JSON.stringify({ packages: { ...packages, ...changes } }));
}

function writeInstalled(changes: Record<string, object | undefined>) {
  const installed = {
    "node_modules/left": packages["node_modules/left"],
    "node_modules/by-git": packages["node_modules/by-git"],
  };
  mkdirSync(join(project, "node_modules"), { recursive: true });
  writeFileSync(
    join(project, "node_modules/.package-lock.json"),
    JSON.stringify({ packages: { ...installed, ...changes } }),
  );
}

function setup(): Promise<{ code: number | null; output: string }> {
  const env = { ...process.env, npm_execpath: join(project, "npm-cli.js") };
  const child = spawn(process.execPath, [join(project, "cli/setup.mjs")], { cwd: tmpdir(), env });
  let output = "";
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => {
    child.on("close", (code) => {
      resolve({ code, output });
    });
  });
}

function npmRuns(): string[] {
  const log = join(project, "npm-runs.log");
  return existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [];
}

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "setup-"));
  cpSync(sourceFile, join(project, "cli/setup.mjs"));
  writeFileSync(join(project, "npm-cli.js"), fakeNpm);
  writeLock();
});

afterEach(() => {
  rmSync(project, { recursive: true, force: true });
});

test("installs once when nothing is installed, and is silent afterwards", async () => {
  const first = await setup();
  expect(first.code).toBe(0);
  expect(first.output).toMatch(/Installing up to 3 npm packages, as no packages are installed/);
  const second = await setup();
  expect(second).toEqual({ code: 0, output: "" });
  expect(npmRuns()).toEqual(["ci --include=dev --no-audit --no-fund"]);
});

test.each([
  [
    "a new version",
    { "node_modules/left": { version: "1.1.0", integrity: "sha512-left2" } },
    /node_modules\/left differs/,
  ],
  ["the same version rebuilt", { "node_modules/left": { version: "1.0.0", integrity: "sha512-evil" } }, /left differs/],
  [
    "another commit of a git package",
    { "node_modules/by-git": { version: "1.0.0", resolved: "git#bbb" } },
    /by-git differs/,
  ],
  ["a new package", { "node_modules/right": { version: "1.0.0", integrity: "sha512-r" } }, /right differs/],
  ["a package that is gone", { "node_modules/left": undefined }, /left is no longer in package-lock/],
])("notices a lock file with %s", async (_what, change, reason) => {
  writeInstalled({});
  writeLock(change);
  expect((await setup()).output).toMatch(reason);
  expect(npmRuns()).toHaveLength(1);
});

test.each([
  ["an optional package of another platform is missing", {}],
  ["a package comes from a registry mirror", { "node_modules/left": { version: "1.0.0", integrity: "sha512-left" } }],
  ["somebody tries out a package that is not saved", { "node_modules/trial": { version: "1.0.0", extraneous: true } }],
])("leaves the installation alone when %s", async (_what, change) => {
  writeInstalled(change);
  expect(await setup()).toEqual({ code: 0, output: "" });
  expect(npmRuns()).toEqual([]);
});

test("two commands started at once install once", async () => {
  const [one, two] = await Promise.all([setup(), setup()]);
  expect([one.code, two.code]).toEqual([0, 0]);
  expect(npmRuns()).toHaveLength(1);
  expect(one.output + two.output).toMatch(/Another command is installing/);
  expect(existsSync(lockFile())).toBe(false);
});

test("a lock left behind by a killed command is taken over", async () => {
  mkdirSync(join(project, ".tools"));
  writeFileSync(lockFile(), "1-1");
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(lockFile(), longAgo, longAgo);
  const [one, two] = await Promise.all([setup(), setup()]);
  expect([one.code, two.code]).toEqual([0, 0]);
  expect(npmRuns()).toHaveLength(1);
});

test("a failing npm ends the command with a clear message and frees the lock", async () => {
  writeFileSync(join(project, "npm-fails"), "");
  const { code, output } = await setup();
  expect(code).toBe(1);
  expect(output).toMatch(/Set-up failed: npm ci failed with exit code 7/);
  expect(existsSync(lockFile())).toBe(false);
});

test("an old Node.js is refused before anything is installed", async () => {
  writeLock({}, ">=99.1");
  const { code, output } = await setup();
  expect(code).toBe(1);
  expect(output).toMatch(/Node\.js \d+\.\d+\.\d+ is too old: 99\.1 or newer is needed/);
  expect(npmRuns()).toEqual([]);
});
