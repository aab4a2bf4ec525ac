// Runs before packages are installed, so it uses nothing but Node. Installs the npm packages when they are missing or differ
// from package-lock.json.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const readJson = (file) => JSON.parse(readFileSync(join(project, file), "utf8"));

function isNodeTooOld(minimum) {
  const [major, minor] = process.versions.node.split(".").map(Number);
  const [minimumMajor, minimumMinor] = minimum.split(".").map(Number);
  return major < minimumMajor || (major === minimumMajor && minor < minimumMinor);
}

/** The reason for an installation; undefined when the installed packages are those of package-lock.json. */
function outdatedPackage() {
  const installedFile = "node_modules/.package-lock.json"; // npm writes it at the end of an installation
  let installed;
  try {
    installed = readJson(installedFile).packages;
  } catch {
    return "the packages are missing or incomplete";
  }
  const [path] =
    Object.entries(readJson("package-lock.json").packages).find(([path, wanted]) => {
      if (!path.includes("node_modules/")) return false; // this project and its workspaces
      const found = installed[path];
      // npm omits optional packages of other platforms, and peers if configured.
      if (!found) return !wanted.optional && !wanted.peer;
      // The URL depends on the registry, so it counts only without a checksum: links to workspaces, and packages from git.
      const field = wanted.integrity ? "integrity" : "resolved";
      return found.version !== wanted.version || found[field] !== wanted[field];
    }) ?? [];
  return path && `${path} differs from package-lock.json`;
}

function fail(message) {
  process.stderr.write(`\nSetup failed: ${message}\n`);
  process.exit(1);
}

const minimumNode = /\d+\.\d+/.exec(readJson("package.json").engines.node)[0];
if (isNodeTooOld(minimumNode)) {
  fail(
    `Node.js ${process.versions.node} is too old; install ${minimumNode} or newer (nvm install, or https://nodejs.org)`,
  );
}
const reason = outdatedPackage();
if (reason) {
  process.stderr.write(`Installing the npm packages, as ${reason} ...\n`);
  const npm = process.env.npm_execpath?.endsWith("npm-cli.js") ? [process.execPath, process.env.npm_execpath] : ["npm"];
  const [program, ...args] = [...npm, "ci", "--include=dev", "--no-audit", "--no-fund"];
  // Standard output belongs to the command that follows.
  const { status, error } = spawnSync(program, args, { cwd: project, stdio: ["inherit", 2, 2] });
  if (status !== 0)
    fail(`npm ci failed (${error?.message ?? `exit code ${status}`}); correct the error above and run again`);
}
