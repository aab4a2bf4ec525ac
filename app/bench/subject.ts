import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** Memory of a measured process, in bytes. */
export interface Memory {
  readonly rss: number;
  readonly heapUsed: number;
}

/** A server that is measured, in a process of its own. */
export class Subject {
  readonly url: string;
  private readonly child: ChildProcess;

  constructor(script: string, port: number) {
    this.url = `http://127.0.0.1:${port}`;
    this.child = fork(join(__dirname, "..", script), {
      execArgv: ["--expose-gc", "--require", join(__dirname, "probe.cjs")],
      // Both without logs: what is compared is the way of a request, not the writing of a line.
      env: { ...process.env, NODE_ENV: "production", PORT: String(port), HOST: "127.0.0.1", LOG_LEVEL: "silent" },
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

  async memory(): Promise<Memory> {
    this.child.send("memory");
    const [memory]: Memory[] = await once(this.child, "message");
    if (memory === undefined) throw new Error("the probe sent nothing");
    return memory;
  }

  async stop(): Promise<void> {
    this.child.kill("SIGTERM");
    await once(this.child, "exit");
  }
}
