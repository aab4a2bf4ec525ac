import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import type { Readable, Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { Upstream } from "./proxy/upstream";

/** A running moto_server. */
export interface Moto {
  readonly upstream: Upstream;
  stop(): Promise<void>;
}

type Supervised = ChildProcessByStdio<Writable, Readable, Readable>;

const host = "127.0.0.1";
const startTimeoutMs = 60_000;
const attempts = 5;

// The shell leads its own process group, so that Ctrl-C does not reach moto before its clients have ended. Its standard
// input is a pipe that only this process holds: when this process ends, even by SIGKILL, the pipe closes, and the shell
// ends the group.
const script = `
trap : TERM
exec 3<&0
"$@" </dev/null 3<&- &
child=$!
{ cat <&3 >/dev/null; kill -TERM 0; sleep 2; kill -KILL 0; } &
exec 3<&- </dev/null
wait "$child"
wait "$child"
kill -KILL 0
`;

/**
 * Starts moto on a free port and waits until it responds.
 *
 * @param program path or name of moto_server
 * @throws Error with the last lines that moto printed when it does not start
 */
export async function startMoto(program: string): Promise<Moto> {
  let output = "";
  for (let attempt = 0; attempt < attempts; attempt++) {
    const upstream = { host, port: await freePort() };
    const child = supervise(program, ["-H", host, "-p", String(upstream.port)], motoEnvironment(upstream));
    const tail = lastLines(child);
    if (await responds(upstream, child)) return { upstream, stop: () => stop(child) };
    await stop(child);
    output = tail();
    // Another program may have bound the port after it was chosen and before moto did.
    if (!/in use/i.test(output)) break;
  }
  throw new Error(`${program} did not start${output ? `; it printed:\n${output}` : ""}`);
}

function motoEnvironment({ port }: Upstream): NodeJS.ProcessEnv {
  return {
    ...process.env,
    MOTO_ACCOUNT_ID: undefined,
    MOTO_PORT: String(port),
    // The defaults are an IAM without AWS managed policies, and one minute until a certificate is issued.
    MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
    MOTO_ACM_VALIDATION_WAIT: "1",
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // a TCP server that listens has an AddressInfo
  server.close();
  await once(server, "close");
  return port;
}

/** Starts a program that ends at the latest with this process. */
function supervise(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Supervised {
  const child = spawn("/bin/sh", ["-c", script, "supervise", program, ...args], {
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
    env,
  });
  // The pipe breaks when the process group ends first, which "exit" reports.
  child.stdin.on("error", () => undefined);
  return child;
}

async function responds({ port }: Upstream, child: Supervised): Promise<boolean> {
  const deadline = Date.now() + startTimeoutMs;
  let hasEnded = false;
  child.once("exit", () => (hasEnded = true));
  child.once("error", () => (hasEnded = true));
  while (Date.now() < deadline) {
    const response = await fetch(`http://${host}:${port}/moto-api/state-manager/get-transition?model_name=none`).catch(
      () => undefined,
    );
    // Checked after the response, because another program on the same port responds as well.
    if (hasEnded as boolean) return false; // the handlers above change it during the await
    if (response?.ok) return true;
    await sleep(50);
  }
  return false;
}

function lastLines(child: Supervised): () => string {
  const lines: string[] = [];
  const append = (chunk: Buffer): void => {
    lines.push(...chunk.toString().split("\n").filter(Boolean));
    lines.splice(0, lines.length - 20);
  };
  child.stdout.on("data", append);
  child.stderr.on("data", append);
  return () => lines.join("\n");
}

async function stop(child: Supervised): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exit = once(child, "exit");
  child.stdin.end();
  await exit;
}
