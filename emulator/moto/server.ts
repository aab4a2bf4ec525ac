import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Upstream } from "../proxy/upstream";
import { supervise, type Supervised } from "./supervise";

export interface Moto {
  readonly upstream: Upstream;
  stop(): Promise<void>;
}

const host = "127.0.0.1";
const startTimeoutMs = 60_000;
const attempts = 5;

/** Starts moto on a free port and waits until it answers. */
export async function startMoto(program: string): Promise<Moto> {
  let output = "";
  for (let attempt = 0; attempt < attempts; attempt++) {
    const upstream = { host, port: await freePort() };
    const child = supervise(program, ["-H", host, "-p", String(upstream.port)], motoEnvironment(upstream));
    const tail = lastLines(child);
    if (await answers(upstream, child)) return { upstream, stop: () => stop(child) };
    await stop(child);
    output = tail();
    // Another program may have taken the port between its choice and moto's binding.
    if (!/in use/i.test(output)) break;
  }
  throw new Error(`${program} did not start${output ? `; its last words were:\n${output}` : ""}`);
}

function motoEnvironment({ port }: Upstream): NodeJS.ProcessEnv {
  return {
    ...process.env,
    MOTO_ACCOUNT_ID: undefined,
    MOTO_PORT: String(port),
    // Without them AWS's own policies do not exist, and a certificate takes a minute to be issued.
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

async function answers({ port }: Upstream, child: Supervised): Promise<boolean> {
  const deadline = Date.now() + startTimeoutMs;
  let ended = false;
  child.once("exit", () => (ended = true));
  child.once("error", () => (ended = true));
  while (Date.now() < deadline) {
    const response = await fetch(`http://${host}:${port}/moto-api/state-manager/get-transition?model_name=none`).catch(
      () => undefined,
    );
    // Read after the answer: another program on the same port would answer too, while moto ended.
    if (ended as boolean) return false; // the handlers above change it during the await
    if (response?.ok) return true;
    await sleep(50);
  }
  return false;
}

function lastLines(child: Supervised): () => string {
  const lines: string[] = [];
  const keep = (chunk: Buffer): void => {
    lines.push(...chunk.toString().split("\n").filter(Boolean));
    lines.splice(0, lines.length - 20);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  return () => lines.join("\n");
}

async function stop(child: Supervised): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exit = once(child, "exit");
  child.stdin.end();
  await exit;
}
