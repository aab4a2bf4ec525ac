import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { constants } from "node:os";
import { join } from "node:path";
import { fixtureConfig, fixtureStages } from "../fixtures/config";
import { chooseStage } from "../../cli/commands/demo/stage";
import { stackName } from "../../schema";

jest.setTimeout(600_000);

/** `npm run demo` without a terminal, as in a pipeline. */
class Demo {
  public output = "";
  /** As a shell reports it. */
  public readonly exitCode: Promise<number>;
  private readonly marker = `DEMO_UNDER_TEST=${randomUUID()}`;
  private readonly child: ChildProcess;

  constructor() {
    const [name = "", value] = this.marker.split("=");
    const child = spawn("npm", ["run", "demo", "--", "--config", fixtureConfig], {
      cwd: join(__dirname, "../.."),
      env: { ...process.env, CI: "true", [name]: value },
      // A process group of its own, as a shell creates for a command in the foreground.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => (this.output += chunk.toString()));
    }
    this.exitCode = new Promise((resolve) => {
      child.once("close", (code, signal) => {
        resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
      });
    });
    this.child = child;
  }

  public async prints(text: RegExp): Promise<void> {
    while (!text.test(this.output)) {
      if (this.child.exitCode !== null) throw new Error(`the demo ended without ${String(text)}:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Sends what a terminal sends to the whole group. */
  public pressControlC(): void {
    if (this.child.pid !== undefined) process.kill(-this.child.pid, "SIGINT");
  }

  /** The running processes that this demo started, whatever their parent is. */
  public leftovers(): string[] {
    const processes = execFileSync("ps", ["axeww"], { maxBuffer: 100_000_000 }).toString().split("\n");
    return processes.filter((line) => line.includes(this.marker));
  }

  /** The lines that remain in a terminal: without those of npm, and of how a step proceeds. */
  public get screen(): string[] {
    return this.output.split("\n").filter((line) => !/^[>❯›] /.test(line));
  }

  /** The endpoint of its emulated AWS. */
  public get endpoint(): string {
    const endpoint = /http:\/\/127\.0\.0\.1:\d+/.exec(this.output)?.[0];
    if (endpoint === undefined) throw new Error(`the demo does not print an endpoint:\n${this.output}`);
    return endpoint;
  }

  public async endpointAnswers(): Promise<boolean> {
    return fetch(this.endpoint).then(
      () => true,
      () => false,
    );
  }
}

const { stage } = chooseStage(fixtureStages(), fixtureConfig);
const stack = stackName(stage);

test("deploys the first quick stage, shows its resources on one screen, and leaves nothing behind", async () => {
  const demo = new Demo();
  await demo.prints(new RegExp(`Start an emulated AWS: account ${stage.accountId}`));
  expect(demo.leftovers().join("\n")).toContain("moto_server");
  expect(await demo.exitCode).toBe(0);

  const printed = (text: RegExp) => {
    expect(demo.output).toMatch(text);
  };
  printed(/The first stage without Postgres and Redis/);
  printed(new RegExp(`cdktf deploy ${stack}: [1-9]\\d+ resources created`));
  printed(
    /What exists in the emulated AWS: [1-9]\d+ resources, without attachments and settings\n +network +.*\bVPC\b/s,
  );
  printed(/ +compute +Cluster, .*Service/);
  printed(/ +state +s3:\/\/\S+\/terraform\.tfstate,\s+[1-9]\d* KiB, serial [1-9]\d*, .*lock released\n/);
  printed(/api_url +https:\/\/\S+\n/);
  printed(/second time: No changes\. Your infrastructure matches the configuration\./);
  printed(new RegExp(`cdktf destroy ${stack}: [1-9]\\d+ resources destroyed; only the state bucket is left`));
  printed(/Done in \d/);
  expect(demo.screen.length).toBeLessThanOrEqual(40);
  expect(demo.screen.filter((line) => line.length > 100)).toEqual([]);
  expect(demo.leftovers()).toEqual([]);
  expect(await demo.endpointAnswers()).toBe(false);
});

test("stops everything on Ctrl-C during a deployment", async () => {
  const demo = new Demo();
  await demo.prints(/\d+ of \d+ created/);
  expect(demo.leftovers().join("\n")).toContain("terraform apply");
  demo.pressControlC();
  expect(await demo.exitCode).toBe(130);
  expect(demo.output).toMatch(/Stopped: nothing is left running\.\n$/);
  expect(demo.leftovers()).toEqual([]);
  expect(await demo.endpointAnswers()).toBe(false);
});
