import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { constants } from "node:os";
import { join } from "node:path";
import { fixtureConfig } from "../fixtures/config";
import { tracesOf } from "./search";
import { secretsManagerAt, secretValues } from "./secrets";

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

test("deploys a stack, shows its resources, and leaves nothing behind", async () => {
  const demo = new Demo();
  await demo.prints(/Start an emulated AWS: account 111122223333/);
  expect(demo.leftovers().join("\n")).toContain("moto_server");
  await demo.prints(/cdktf deploy dev02-us-east-1: [1-9]\d+ resources created/);
  const secrets = await secretValues(secretsManagerAt(demo.endpoint));
  expect(await demo.exitCode).toBe(0);

  const printed = (text: RegExp) => {
    expect(demo.output).toMatch(text);
  };
  printed(/cdktf deploy dev02-us-east-1: [1-9]\d+ resources created/);
  printed(/api_url +https:\/\/\w+\.execute-api\.us-east-1\.amazonaws\.com\/dev02\n/);
  printed(/cluster_name +appname-ecs-cluster-dev02\n/);
  printed(/│ ec2 +│ VPC +│ 1 /);
  printed(/│ ecs +│ Service +│ 1 +│ service\/appname-ecs-cluster-dev02\/appname-ecs-service-dev02 /);
  printed(/second time: No changes\. Your infrastructure matches the configuration\./);
  printed(/s3:\/\/appname-terraform-state-111122223333\/appname\/dev02\/us-east-1\/terraform\.tfstate\n/);
  printed(/Size +[1-9]\d* KiB, serial [1-9]/);
  printed(/\.tflock while Terraform works; free now/);
  printed(/cdktf destroy dev02-us-east-1: [1-9]\d+ resources destroyed/);
  printed(/remaining resources: only the state bucket/);
  expect(demo.leftovers()).toEqual([]);
  expect(await demo.endpointAnswers()).toBe(false);

  const log = [{ name: "log", content: Buffer.from(demo.output) }];
  expect(tracesOf("appname-ecs-cluster-dev02", log)).toEqual(["log"]);
  expect([...secrets.keys()]).toEqual([expect.stringMatching(/^rds!/)]);
  for (const password of secrets.values()) expect(tracesOf(password, log)).toEqual([]);
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
