import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort, hasEnded, stop } from "../../supervise";
import type { Launched } from "./launcher";

const host = "127.0.0.1";
const startTimeoutMs = 60_000;
/** A process that does not listen has started when it still runs after this time. */
const settledAfterMs = 1000;

/** Why a process did not start. */
export class StartFailure extends Error {
  /**
   * @param stop why ECS stops the task
   * @param exitCode @default - the process did not end by itself
   */
  constructor(
    message: string,
    readonly stop: { readonly code: string; readonly reason: string },
    readonly exitCode?: number,
  ) {
    super(message);
  }
}

/** A local process that runs in place of a container. */
export class TaskProcess {
  private constructor(
    readonly port: number,
    private readonly launched: Launched,
    private readonly listens: boolean,
  ) {}

  /**
   * Starts a process, and waits until it listens.
   *
   * @param launch starts it with the port on which it has to listen
   * @param listens whether requests reach it; another process only has to run
   * @throws StartFailure with the last lines that it printed when it ends before it listens
   */
  static async start(launch: (port: number) => Promise<Launched>, listens = true): Promise<TaskProcess> {
    const port = await freePort();
    const started = new TaskProcess(port, await launch(port), listens);
    await (listens ? started.untilListening() : Promise.race([started.ended(), sleep(settledAfterMs)]));
    if (hasEnded(started.launched.child)) throw await started.endFailure();
    return started;
  }

  /** Whether the process runs and listens. */
  async accepts(): Promise<boolean> {
    return !hasEnded(this.launched.child) && (!this.listens || (await listens(this.port)));
  }

  /** Resolves when the process has ended. */
  async ended(): Promise<void> {
    const { child } = this.launched;
    if (!hasEnded(child)) await once(child, "exit");
  }

  stop(): Promise<void> {
    return stop(this.launched.child);
  }

  private async untilListening(): Promise<void> {
    const { child, tail } = this.launched;
    const deadline = Date.now() + startTimeoutMs;
    while (!(await listens(this.port)) && !hasEnded(child)) {
      if (Date.now() > deadline) {
        await stop(child);
        // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshoot-service-load-balancers.html
        const failed = { code: "ServiceSchedulerInitiated", reason: "Task failed ELB health checks" };
        throw new StartFailure(`the process does not listen on port ${this.port}: ${tail()}`, failed);
      }
      await sleep(25);
    }
  }

  private async endFailure(): Promise<StartFailure> {
    const { exitCode, logged, tail } = this.launched;
    await logged;
    const code = await exitCode;
    const exited = { code: "EssentialContainerExited", reason: "Essential container in task exited" };
    const how = code === undefined ? "" : ` with exit code ${code}`;
    return new StartFailure(`the process ended${how}: ${tail()}`, exited, code);
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
