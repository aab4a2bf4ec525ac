import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import type { Readable, Writable } from "node:stream";

/** A program that ends at the latest with this process. */
export interface Supervised extends ChildProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
}

/** What a program runs with. */
export interface SuperviseOptions {
  readonly env: NodeJS.ProcessEnv;
  /** @default - the working directory of this process */
  readonly cwd?: string;
  /** User and group by number, for a program that root must not run. @default - those of this process */
  readonly user?: { readonly uid: number; readonly gid: number };
}

const host = "127.0.0.1";
/** Longer than the shell gives a program. */
const killAfterMs = 5000;

// The shell leads its own process group, so that Ctrl-C does not reach the program before its clients have ended. Its
// standard input is a pipe that only this process holds: when this process ends, even by SIGKILL, the pipe closes, and
// the shell ends the group: a program that ignores the first signal, or did not run yet, by the second. It writes the exit code to descriptor 3, because its own end is the signal to the group; the
// first wait ends when a signal arrives, the second says 127 when the first one had the code.
const script = `
trap : TERM
exec 4<&0
"$@" </dev/null 3>&- 4<&- &
child=$!
{ trap '' TERM; cat <&4 >/dev/null; kill -TERM 0; sleep 2; kill -KILL 0; } 3>&- &
exec 4<&- </dev/null
wait "$child"
code=$?
wait "$child"
again=$?
[ "$again" = 127 ] || code=$again
echo "$code" >&3
kill -KILL 0
`;

/** Starts a program that ends at the latest with this process. */
export function supervise(program: string, args: readonly string[], options: SuperviseOptions): Supervised {
  const { env, cwd, user } = options;
  const child = spawn("/bin/sh", ["-c", script, "supervise", program, ...args], {
    detached: true,
    stdio: ["pipe", "pipe", "pipe", "pipe"],
    env,
    cwd,
    ...user,
    // The types of Node do not know that four pipes include the first three.
  }) as Supervised;
  // The pipe breaks when the process group ends first, which "exit" reports.
  child.stdin.on("error", () => undefined);
  return child;
}

/** Whether a program has ended, or could not be started. */
export function hasEnded(child: Supervised): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

/** The exit code of a program once it has ended, 128 plus the signal's number after a signal; undefined after a kill. */
export async function exitCodeOf(child: Supervised): Promise<number | undefined> {
  const pipe = child.stdio[3];
  let written = "";
  // It is a pipe of which this process reads.
  if (pipe) for await (const chunk of pipe as Readable) written += String(chunk);
  return written === "" ? undefined : Number(written);
}

/** Ends a program, and waits until it has ended. */
export async function stop(child: Supervised): Promise<void> {
  if (hasEnded(child)) return;
  const exit = once(child, "exit");
  child.stdin.end();
  // The shell itself may be stopped, or ended by what it runs.
  const timer = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, "SIGKILL"), killAfterMs);
  await exit;
  clearTimeout(timer);
}

/** Collects the last 20 lines that a program prints; the function returns those so far. */
export function lastLines(child: Supervised): () => string {
  const lines: string[] = [];
  const append = (chunk: Buffer): void => {
    lines.push(...chunk.toString().split("\n").filter(Boolean));
    lines.splice(0, lines.length - 20);
  };
  child.stdout.on("data", append);
  child.stderr.on("data", append);
  return () => lines.join("\n");
}

/** A port of this machine on which no program listens. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // a TCP server that listens has an AddressInfo
  server.close();
  await once(server, "close");
  return port;
}
