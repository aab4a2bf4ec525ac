import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Ends a process that was spawned `detached`, and all that it started, and waits until they are gone.
 *
 * @param graceMs - how long they may take to end in an orderly way, before they are killed
 */
export async function endProcessGroup({ pid }: Pick<ChildProcess, "pid">, graceMs = 10_000): Promise<void> {
  if (pid === undefined) return;
  const deadline = Date.now() + graceMs;
  signalGroup(pid, "SIGTERM");
  while (signalGroup(pid, 0)) {
    await sleep(50);
    if (Date.now() > deadline) signalGroup(pid, "SIGKILL");
  }
}

/** False when no process of the group is left; signal 0 only asks. */
function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-leader, signal);
  } catch {
    return false;
  }
}
