import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { findProgram, freePort } from "../fixtures/child";
import { appFolder, readStages, type Stage } from "../fixtures/dockerfile";
import { startProgram } from "../fixtures/program";

const isRoot = process.getuid?.() === 0;
const setpriv = findProgram("setpriv");
const other = isRoot && setpriv !== undefined;
const stages = readStages();
const root = mkdtempSync(join(tmpdir(), "image-"));
chmodSync(root, 0o755);
const folderOf = (stage: string) => join(root, stage, "app");

// Runs the COPY and RUN instructions in order, each stage in a separate folder; the files of the base image are not included.
function build({ name, steps }: Stage): void {
  const folder = folderOf(name);
  mkdirSync(folder, { recursive: true });
  for (const { keyword, args } of steps) {
    if (keyword === "COPY") copy(args, folder);
    const [command = "", ...rest] = args;
    if (keyword === "RUN" && command !== "rm") execFileSync(command, rest, { cwd: folder, stdio: "pipe", env: { ...process.env, npm_config_prefer_offline: "true" } });
  }
}

function copy(args: readonly string[], folder: string): void {
  const from = args[0]?.startsWith("--from=") ? join(root, args[0].slice("--from=".length)) : appFolder;
  const sources = args.filter((arg) => !arg.startsWith("--")).slice(0, -1);
  const target = args.at(-1) ?? "";
  for (const source of sources) cpSync(join(from, source), join(folder, target.endsWith("/") ? join(target, source) : target), { recursive: true });
}

/** A command of the image, as its user when the test runs as root and setpriv is installed. */
function launch(command: readonly string[]) {
  const cwd = folderOf("final");
  const [name = "", ...args] = command;
  const program = name === "node" ? process.execPath : name;
  if (!other) return { command: program, args, cwd };
  const identity = stages.at(-1)?.steps.find(({ keyword }) => keyword === "USER")?.text.split(":") ?? [];
  return { command: setpriv, args: [`--reuid=${identity[0]}`, `--regid=${identity[1]}`, "--clear-groups", "--no-new-privs", program, ...args], cwd };
}

describe(`the container image${other ? "" : " (run as the current user: another user needs root and setpriv)"}`, () => {
  let port: number;
  let environment: NodeJS.ProcessEnv;
  const final = stages.at(-1)?.steps ?? [];
  const jsonOf = (keyword: string) => JSON.parse(/\[.*\]/.exec(final.find((step) => step.keyword === keyword)?.text ?? "")?.[0] ?? "[]");

  before(async () => {
    for (const stage of stages) build(stage);
    execFileSync("chmod", ["-R", "a-w,a+rX", join(root, "final")]);
    port = await freePort();
    environment = { NODE_ENV: "production", PORT: String(port), HOST: "127.0.0.1", HOME: "/nonexistent" };
  });
  after(() => {
    execFileSync("chmod", ["-R", "u+w", root]);
    rmSync(root, { recursive: true, force: true });
  });

  it("contains the service, its migrations and its production dependencies", () => {
    const folder = folderOf("final");
    assert.deepEqual(readdirSync(folder).sort(), ["dist", "migrations", "node_modules", "package.json"]);
    for (const tool of ["typescript", "tsx", "esbuild", "autocannon", "fast-check"]) assert(!existsSync(join(folder, "node_modules", tool)), tool);
    assert(existsSync(join(folder, "node_modules", "fastify")));
  });

  it("runs with read-only files, is healthy and exits with 0 on SIGTERM", async () => {
    if (other) assert.throws(() => execFileSync(setpriv, [...launch([]).args.slice(0, 4), "touch", join(folderOf("final"), "new")], { stdio: "pipe" }), /Permission denied/);
    else if (!isRoot) assert.throws(() => writeFileSync(join(folderOf("final"), "new"), ""), /EACCES/);
    const health = () => startProgram("health-check", environment, launch(jsonOf("HEALTHCHECK"))).exit;
    assert.equal(await health(), 1);

    const program = startProgram("server", environment, launch(jsonOf("CMD")));
    const address = await program.address();
    const item = await fetch(`${address}/api/items`, { method: "POST", headers: { "content-type": "application/json" }, body: '{"name":"a"}' });
    assert.equal(item.status, 201);
    assert.equal(await health(), 0);
    program.child.kill("SIGTERM");
    assert.equal(await program.exit, 0);
  });

  it("runs the worker, which is healthy while its queue is unavailable", async () => {
    const aws = { AWS_REGION: "us-east-1", AWS_ENDPOINT_URL: "http://127.0.0.1:9", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
    const queue = { ...environment, ...aws, ORDERS_QUEUE_URL: "http://127.0.0.1:9/1/orders" };
    const program = startProgram("worker", queue, launch(["node", "dist/worker.js"]));
    await program.logged("the queue could not be consumed");
    assert.equal(await startProgram("health-check", environment, launch(jsonOf("HEALTHCHECK"))).exit, 0);
    program.child.kill("SIGTERM");
    assert.equal(await program.exit, 0);
  });

  it("runs the migrate and job programs", async () => {
    const exits = ["migrate", "job"].map((name) => startProgram(name, environment, launch(["node", `dist/${name}.js`])).exit);
    assert.deepEqual(await Promise.all(exits), [0, 0]);
  });
});
