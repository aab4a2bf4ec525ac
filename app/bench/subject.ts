import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** Memory of a measured process in bytes, and its CPU time in microseconds. */
export interface Usage {
  readonly rss: number;
  readonly heapUsed: number;
  readonly cpu: number;
}

/** A measured server in a separate process. */
export class Subject {
  readonly url: string;
  private readonly child: ChildProcess;

  constructor(script: string, port: number, environment: NodeJS.ProcessEnv = {}) {
    this.url = `http://127.0.0.1:${port}`;
    this.child = fork(join(__dirname, "..", script), {
      execArgv: ["--expose-gc", "--require", join(__dirname, "probe.cjs")],
      // Logs are off for both servers: the benchmark compares request handling, not log output.
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

  /** Memory and CPU time of the process; at rest, after a garbage collection. */
  async usage(isAtRest: boolean): Promise<Usage> {
    this.child.send(isAtRest);
    const [usage]: Usage[] = await once(this.child, "message");
    if (usage === undefined) throw new Error("the probe sent no values");
    return usage;
  }

  /** The sample with the largest resident memory while `work` runs. */
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
