import { spawn, type ChildProcessByStdio } from "node:child_process";
import type { Readable, Writable } from "node:stream";

export type Supervised = ChildProcessByStdio<Writable, Readable, Readable>;

// The shell leads a process group of its own, so that Ctrl-C does not reach moto before its clients are done. Its standard
// input is a pipe that only this process holds: when this process ends, even by SIGKILL, the pipe closes and the group goes.
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

/** Starts a program that cannot outlive this process. */
export function supervise(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Supervised {
  const child = spawn("/bin/sh", ["-c", script, "supervise", program, ...args], {
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
    env,
  });
  // The pipe breaks when the group ends first; its "exit" tells that better.
  child.stdin.on("error", () => undefined);
  return child;
}
