import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { constants } from "node:os";
import { join } from "node:path";
import { fixtureConfig, fixtureStages } from "../fixtures/config";
import { chooseStage } from "../../cli/commands/demo/stage";
import { postgresPrograms } from "../../cli/lib/local-service/postgres";
import { toolsFolder } from "../../cli/lib/project";
import { stackName, type StageInput } from "../../schema";
import { minimalService, minimalStage } from "../fixtures/stage";

jest.setTimeout(600_000);

/** `npm run demo` without a terminal, as in a pipeline. */
class Demo {
  public output = "";
  /** As a shell reports it. */
  public readonly exitCode: Promise<number>;
  private readonly marker = `DEMO_UNDER_TEST=${randomUUID()}`;
  private readonly child: ChildProcess;

  constructor(config = fixtureConfig, ...options: readonly string[]) {
    const [name = "", value] = this.marker.split("=");
    const child = spawn("npm", ["run", "demo", "--", "--config", config, ...options], {
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

/** A stage whose API verifies tokens, and whose service needs a database. */
const stageWithDatabase = {
  ...minimalStage,
  stage: "dev09",
  state: { backend: "s3", bucket: "shop-terraform-state-111122223333", region: "us-east-1" },
  allowDataLoss: true,
  images: { tags: "mutable", forceDelete: true },
  network: { ...minimalStage.network, egress: { mode: "vpc-endpoints", interfaceEndpoints: "one-zone" } },
  data: {
    postgres: {
      kind: "instance",
      instanceClass: "db.t4g.micro",
      multiAz: false,
      deletionProtection: false,
      finalSnapshot: false,
    },
  },
  services: {
    orders: {
      ...minimalService,
      environment: { AUTH_MODE: "gateway" },
      uses: ["postgres"],
      tasks: { migrate: { command: ["node", "dist/migrate.js"] } },
    },
  },
  ingress: {
    kind: "http-api",
    throttling: { ratePerSecond: 50, burst: 100 },
    authorization: { userPool: { source: "create" } },
  },
} satisfies StageInput;

/** A configuration folder with that stage, in the project, whose schema a stage file imports. */
function configWithDatabase(): string {
  mkdirSync(toolsFolder, { recursive: true });
  const folder = mkdtempSync(join(toolsFolder, "config-"));
  configs.push(folder);
  mkdirSync(join(folder, "dev/dev09"), { recursive: true });
  const text = `import { defineStage } from "#schema";\nexport default defineStage(${JSON.stringify(stageWithDatabase)});\n`;
  writeFileSync(join(folder, "dev/dev09/us-east-1-dev09.ts"), text);
  return folder;
}

const configs: string[] = [];
afterAll(() => {
  for (const folder of configs) rmSync(folder, { recursive: true });
});

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
  printed(/Send requests: answered by app\/ on this machine \[/);
  printed(/ +POST \/test +201 +\{"test_id":"[0-9a-f]{8}\.\.\.","message":"hello"/);
  printed(/ +GET \/test\/\{test_id\} +200 +\{"test_id"/);
  printed(/ +GET \/no-such-route +404 +\{/);
  printed(/ +through +(rest|http)-api, .*target-group, +service\n/s);
  printed(/second time: No changes\. Your infrastructure matches the configuration\./);
  printed(new RegExp(`cdktf destroy ${stack}: [1-9]\\d+ resources destroyed; only the state bucket is left`));
  printed(/Done in \d/);
  expect(demo.screen.length).toBeLessThanOrEqual(40);
  expect(demo.screen.filter((line) => line.length > 100)).toEqual([]);
  expect(demo.leftovers()).toEqual([]);
  expect(await demo.endpointAnswers()).toBe(false);
});

test("requests a stage with a database and a user pool, without and with a token", async () => {
  const demo = new Demo(configWithDatabase(), "--stack", "dev09-us-east-1");
  expect(await demo.exitCode).toBe(0);
  const database = postgresPrograms() === undefined ? "its embedded database: .*" : "PostgreSQL \\d+\\S*";
  const printed = [
    /Run the task migrate: of orders, ended with exit code 0 /,
    new RegExp(`Send requests: answered by app/ on this machine, with ${database} `),
    / POST \/test without a token +401 +\{"message":"Unauthorized"\}/,
    / POST \/test with a token +201 +\{"test_id":"\S+","message":"hello"/,
    / GET \/test\/\{test_id\} with a token +200 +\{"test_id":"\S+","message":"hello"/,
    / GET \/no-such-route with a token +404 +\{/,
  ];
  for (const line of printed) expect(demo.screen).toContainEqual(expect.stringMatching(line));
  expect(demo.output).toMatch(/second time: No changes\./);
  expect(demo.screen.length).toBeLessThanOrEqual(44);
  expect(demo.screen.filter((line) => line.length > 100)).toEqual([]);
  expect(demo.leftovers()).toEqual([]);
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
