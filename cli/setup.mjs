// Runs before anything is installed, so it may use nothing but Node itself.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const lockFile = join(project, ".tools", "npm-ci.lock");
const heartbeatMs = 1_000;
const abandonedMs = 10_000;

const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));

function requireNode() {
  const required = /(\d+)\.(\d+)/.exec(readJson(join(project, "package.json")).engines.node);
  const [major, minor] = process.versions.node.split(".").map(Number);
  const [, wantedMajor, wantedMinor] = required.map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  fail(
    `Node.js ${process.versions.node} is too old: ${wantedMajor}.${wantedMinor} or newer is needed (nvm install, or https://nodejs.org)`,
  );
}

/** Why the installed packages are not those of the lock file; undefined when they are. */
function staleness() {
  const installedFile = join(project, "node_modules", ".package-lock.json");
  if (!existsSync(installedFile)) return "no packages are installed";
  const wanted = readJson(join(project, "package-lock.json")).packages;
  const installed = readJson(installedFile).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    const found = installed[path];
    // npm leaves out optional packages of other platforms, and peers when it is told to.
    const mayBeMissing = path === "" || entry.optional || entry.peer;
    if (found ? !samePackage(entry, found) : !mayBeMissing) return `${path} differs from package-lock.json`;
  }
  const leftover = Object.keys(installed).find((path) => !wanted[path] && !installed[path].extraneous);
  return leftover && `${leftover} is no longer in package-lock.json`;
}

/** The address is compared only where there is no checksum (git), as it differs behind a registry mirror. */
function samePackage(a, b) {
  if (a.link || b.link) return a.link === b.link && a.resolved === b.resolved;
  return a.version === b.version && (a.integrity ? a.integrity === b.integrity : a.resolved === b.resolved);
}

/** Takes the lock, or returns false while another process that is alive holds it. */
async function takeLock(owner) {
  mkdirSync(dirname(lockFile), { recursive: true });
  try {
    writeFileSync(lockFile, owner, { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  const touched = statSync(lockFile, { throwIfNoEntry: false })?.mtimeMs;
  if (touched === undefined || Date.now() - touched < abandonedMs) return false;
  const candidate = `${lockFile}.${owner}`;
  writeFileSync(candidate, owner);
  renameSync(candidate, lockFile);
  // Two processes may take over the same abandoned lock: the last to write it wins.
  await sleep(200);
  return readFileSync(lockFile, "utf8") === owner;
}

/** Runs npm ci with its output on the terminal; resolves to its exit code. */
function npmCi() {
  const npm = process.env.npm_execpath?.endsWith("npm-cli.js")
    ? [process.execPath, process.env.npm_execpath]
    : [process.platform === "win32" ? "npm.cmd" : "npm"];
  const [command, ...args] = [...npm, "ci", "--include=dev", "--no-audit", "--no-fund"];
  const child = spawn(command, args, { cwd: project, stdio: "inherit", shell: command.endsWith(".cmd") });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on("error", (error) => {
      say(`npm could not be started: ${error.message}`);
      resolve(1);
    });
    child.on("exit", (code, signal) => resolve(signal === "SIGINT" ? 130 : (code ?? 1)));
  });
}

async function install(reason) {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const count = Object.keys(readJson(join(project, "package-lock.json")).packages).length - 1;
  say(`Installing up to ${count} npm packages, as ${reason} ...`);
  const ticker = setInterval(() => say(`still installing (${seconds()} s)`), 10_000);
  const code = await npmCi();
  clearInterval(ticker);
  if (code === 130) process.exitCode = 130;
  else if (code !== 0)
    fail(`npm ci failed with exit code ${code}: its messages are above; mend the cause and run again`);
  else say(`Packages installed in ${seconds()} s`);
}

async function installAlone() {
  const owner = `${process.pid}-${Date.now()}`;
  for (let waited = 0; !(await takeLock(owner)); waited += 1) {
    if (waited === 0) say("Another command is installing the npm packages; waiting for it ...");
    await sleep(500);
  }
  const heartbeat = setInterval(() => utimesSync(lockFile, new Date(), new Date()), heartbeatMs);
  try {
    const reason = staleness();
    if (reason) await install(reason);
  } finally {
    clearInterval(heartbeat);
    rmSync(lockFile, { force: true });
  }
}

function say(message) {
  process.stderr.write(`${message}\n`);
}

function fail(message) {
  say(`\nSet-up failed: ${message}`);
  process.exitCode = 1;
}

requireNode();
if (process.exitCode === undefined && staleness()) await installAlone();
