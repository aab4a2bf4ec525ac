import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Upstream } from "./proxy/upstream";
import { exitCodeOf, freePort, hasEnded, lastLines, stop, supervise, type Supervised } from "./supervise";

/** A running moto_server. */
export interface Moto {
  readonly upstream: Upstream;
  /** Resolves to a message when moto has ended by itself. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

const host = "127.0.0.1";
const startTimeoutMs = 60_000;
const attempts = 5;

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
    const args = ["-H", host, "-p", String(upstream.port)];
    const child = supervise(program, args, { env: motoEnvironment(upstream) });
    const tail = lastLines(child);
    const exitCode = exitCodeOf(child);
    if (await responds(upstream, child)) return running(child, upstream, exitCode, tail);
    await stop(child);
    output = tail();
    // Another program may have bound the port after it was chosen and before moto did.
    if (!/in use/i.test(output)) break;
  }
  throw new Error(`${program} did not start${output ? `; it printed:\n${output}` : ""}`);
}

function running(
  child: Supervised,
  upstream: Upstream,
  exitCode: Promise<number | undefined>,
  tail: () => string,
): Moto {
  let isStopped = false;
  const ended = exitCode.then(async (code) => {
    // What it printed last arrives after its end.
    if (!hasEnded(child)) await once(child, "close");
    // A promise that does not resolve: it has not ended by itself.
    if (isStopped) return new Promise<string>(() => undefined);
    const how = code === undefined ? "" : ` with exit code ${code}`;
    return `moto has ended${how}; start the emulated AWS again. It printed last:\n${tail()}`;
  });
  const end = (): Promise<void> => {
    isStopped = true;
    return stop(child);
  };
  return { upstream, ended, stop: end };
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
