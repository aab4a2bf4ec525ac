import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const sourceFile = join(__dirname, "../../cli/setup.mjs");

/** A fake npm-cli.js: records its calls, and installs the packages of the lock file. */
const fakeNpm = `
const fs = require("node:fs");
fs.appendFileSync("npm-runs.log", process.argv.slice(2).join(" ") + "\\n");
console.log("added 3 packages");
if (fs.existsSync("npm-fails")) process.exit(7);
const lock = JSON.parse(fs.readFileSync("package-lock.json"));
delete lock.packages[""];
for (const [path, entry] of Object.entries(lock.packages)) if (entry.os) delete lock.packages[path];
fs.mkdirSync("node_modules", { recursive: true });
fs.writeFileSync("node_modules/.package-lock.json", JSON.stringify(lock));`;

const packages = {
  "": { name: "sample" },
  "node_modules/left": { version: "1.0.0", integrity: "sha512-left", resolved: "https://one.example/left.tgz" },
  "node_modules/mac-only": { version: "1.0.0", integrity: "sha512-mac", optional: true, os: ["darwin"] },
  "node_modules/by-git": { version: "1.0.0", resolved: "git+ssh://git@example.com/by-git.git#aaa" },
  emulator: { name: "emulator", version: "0.1.0" },
  "node_modules/emulator": { resolved: "emulator", link: true },
};

let project: string;

function writeLock(changes: Record<string, object | undefined> = {}, engine = ">=20.19") {
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "sample", engines: { node: engine } }));
  writeFileSync(join(project, "package-lock.json"), JSON.stringify({ packages: { ...packages, ...changes } }));
}

function writeInstalled(changes: Record<string, object | undefined>) {
  const installed = {
    "node_modules/left": packages["node_modules/left"],
    "node_modules/by-git": packages["node_modules/by-git"],
    "node_modules/emulator": packages["node_modules/emulator"],
  };
  mkdirSync(join(project, "node_modules"), { recursive: true });
  writeFileSync(
    join(project, "node_modules/.package-lock.json"),
    JSON.stringify({ packages: { ...installed, ...changes } }),
  );
}

function setup(): Promise<{ code: number | null; stdout: string; output: string }> {
  const env = { ...process.env, npm_execpath: join(project, "npm-cli.js") };
  const child = spawn(process.execPath, [join(project, "cli/setup.mjs")], { cwd: tmpdir(), env });
  let [stdout, output] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => {
    child.on("close", (code) => {
      resolve({ code, stdout, output });
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

test("installs when an interrupted installation left half a list of packages", async () => {
  mkdirSync(join(project, "node_modules"));
  writeFileSync(join(project, "node_modules/.package-lock.json"), '{ "packages": {');
  const { code, output } = await setup();
  expect(output).toMatch(/^Installing the npm packages, as the packages are missing or incomplete/);
  expect(code).toBe(0);
});

test("installs once when no packages are installed, without output on standard output", async () => {
  const first = await setup();
  expect(first).toMatchObject({ code: 0, stdout: "" });
  expect(first.output).toMatch(
    /Installing the npm packages, as the packages are missing or incomplete ...\nadded 3 packages/,
  );
  expect(await setup()).toEqual({ code: 0, stdout: "", output: "" });
  expect(npmRuns()).toEqual(["ci --include=dev --no-audit --no-fund"]);
});

test.each([
  [
    "a new version",
    { "node_modules/left": { version: "1.1.0", integrity: "sha512-left2" } },
    /node_modules\/left differs/,
  ],
  ["another checksum", { "node_modules/left": { version: "1.0.0", integrity: "sha512-other" } }, /left differs/],
  [
    "another commit of a git package",
    { "node_modules/by-git": { version: "1.0.0", resolved: "git#bbb" } },
    /by-git differs/,
  ],
  ["a new package", { "node_modules/right": { version: "1.0.0", integrity: "sha512-r" } }, /right differs/],
  [
    "another folder of a workspace",
    { "node_modules/emulator": { resolved: "packages/emulator", link: true } },
    /differs/,
  ],
])("installs when the lock file has %s", async (_what, change, reason) => {
  writeInstalled({});
  writeLock(change);
  expect((await setup()).output).toMatch(reason);
  expect(npmRuns()).toHaveLength(1);
});

test.each([
  ["an optional package of another platform is missing", {}],
  ["a package comes from a registry mirror", { "node_modules/left": { version: "1.0.0", integrity: "sha512-left" } }],
  ["an additional package is installed", { "node_modules/trial": { version: "1.0.0", extraneous: true } }],
  ["the folder of a workspace is listed, too", { emulator: { version: "0.1.0" } }],
])("does not install when %s", async (_what, change) => {
  writeInstalled(change);
  expect(await setup()).toEqual({ code: 0, stdout: "", output: "" });
  expect(npmRuns()).toEqual([]);
});

test("a failing npm ends the command with its exit code in the message", async () => {
  writeFileSync(join(project, "npm-fails"), "");
  const { code, output } = await setup();
  expect(code).toBe(1);
  expect(output).toMatch(/Setup failed: npm ci failed \(exit code 7\)/);
});

test("an old Node.js is refused before anything is installed", async () => {
  writeLock({}, ">=99.1");
  const { code, output } = await setup();
  expect(code).toBe(1);
  expect(output).toMatch(/Node\.js \d+\.\d+\.\d+ is too old; install 99\.1 or newer/);
  expect(npmRuns()).toEqual([]);
});
