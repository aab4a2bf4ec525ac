import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** What a measured process holds, in bytes, and the CPU time it has used, in microseconds. */
export interface Usage {
  readonly rss: number;
  readonly heapUsed: number;
  readonly cpu: number;
}

/** A server that is measured, in a process of its own. */
export class Subject {
  readonly url: string;
  private readonly child: ChildProcess;

  constructor(script: string, port: number, environment: NodeJS.ProcessEnv = {}) {
    this.url = `http://127.0.0.1:${port}`;
    this.child = fork(join(__dirname, "..", script), {
      execArgv: ["--expose-gc", "--require", join(__dirname, "probe.cjs")],
      // Both without logs: what is compared is the way of a request, not the writing of a line.
      env: { ...process.env, NODE_ENV: "production", PORT: String(port), HOST: "127.0.0.1", LOG_LEVEL: "silent", ...environment },
    });
    process.on("exit", () => this.child.kill("SIGKILL"));
  }

  async ready(): Promise<void> {
    for (let attempt = 0; attempt < 300; attempt++) {
      if ((await fetch(`${this.url}/health`).catch(() => undefined))?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${this.url} does not answer`);
  }

  /** What the process holds: at rest what is left after a collection, otherwise as it is. */
  async usage(isAtRest: boolean): Promise<Usage> {
    this.child.send(isAtRest);
    const [usage]: Usage[] = await once(this.child, "message");
    if (usage === undefined) throw new Error("the probe sent nothing");
    return usage;
  }

  /** The most that was resident while `work` went on. */
  async peak(work: () => Promise<unknown>): Promise<Usage> {
    let isOver = false;
    const ended = work().finally(() => (isOver = true));
    const samples: Usage[] = [];
    do {
      samples.push(await this.usage(false));
      await new Promise((resolve) => setTimeout(resolve, 100));
    } while (!isOver);
    await ended;
    return samples.reduce((most, sample) => (sample.rss > most.rss ? sample : most));
  }

  async stop(): Promise<void> {
    this.child.kill("SIGTERM");
    await once(this.child, "exit");
  }
}
