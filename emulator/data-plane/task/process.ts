import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort, hasEnded, lastLines, stop, type Supervised } from "../../supervise";

const host = "127.0.0.1";
const startTimeoutMs = 60_000;

/** A local process that runs in place of a container. */
export class TaskProcess {
  private constructor(
    readonly port: number,
    private readonly child: Supervised,
  ) {}

  /**
   * Starts a process, and waits until it listens.
   *
   * @param launch starts it with the port on which it has to listen
   * @throws Error with the last lines that it printed when it ends before it listens
   */
  static async start(launch: (port: number) => Promise<Supervised>): Promise<TaskProcess> {
    const port = await freePort();
    const child = await launch(port);
    const started = new TaskProcess(port, child);
    let failure: Error | undefined;
    child.once("error", (error) => (failure = error));
    const tail = lastLines(child);
    const deadline = Date.now() + startTimeoutMs;
    while (!(await listens(port))) {
      if (hasEnded(child) || failure) throw new Error(`the process ended: ${failure?.message ?? tail()}`);
      if (Date.now() > deadline) {
        await stop(child);
        throw new Error(`the process does not listen on port ${port}: ${tail()}`);
      }
      await sleep(25);
    }
    return started;
  }

  /** Whether the process runs and listens. */
  async accepts(): Promise<boolean> {
    return !hasEnded(this.child) && (await listens(this.port));
  }

  stop(): Promise<void> {
    return stop(this.child);
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    const end = (result: boolean): void => {
      socket.destroy();
      resolve(result);
    };
    socket.once("connect", () => {
      end(true);
    });
    socket.once("error", () => {
      end(false);
    });
  });
}
