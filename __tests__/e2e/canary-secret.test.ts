import { randomBytes } from "node:crypto";
import { PutSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import type { StageInput } from "../../schema";
import { expectNoChanges, plannedChanges } from "./plan";
import { Sandbox } from "./sandbox";
import { filesBelow, tracesOf, type Trace } from "./search";
import { secretsManagerAt, secretValues } from "./secrets";

const stack = "dev09-us-east-1";
const file = "config/dev/dev09/us-east-1-dev09.ts";

/** All that has a secret, and beside it all that AWS Backup can back up. */
const stage = {
  stage: "dev09",
  region: "us-east-1",
  state: { backend: "local" },
  network: {
    cidr: "10.90.0.0/16",
    zones: ["us-east-1a", "us-east-1b"],
    egress: { mode: "vpc-endpoints", interfaceEndpoints: "one-zone" },
  },
  data: {
    postgres: { kind: "instance", multiAz: false, deletionProtection: false, finalSnapshot: false, proxy: {} },
    redis: { kind: "serverless" },
    uploads: { forceDelete: true },
    tables: { users: { partitionKey: { name: "id", type: "string" } } },
    secrets: { stripe: { source: "create", recoveryWindowDays: 0, generation: 1 } },
    backup: {
      rules: {
        daily: { schedule: "cron(0 1 * * ? *)" },
        monthly: {
          schedule: "cron(0 2 1 * ? *)",
          deleteAfterDays: 365,
          coldStorageAfterDays: 30,
          copyActions: [{ destinationVaultArn: "arn:aws:backup:eu-west-1:111122223333:backup-vault:copies" }],
        },
      },
      vaultLock: { minimumRetentionDays: 7 },
    },
  },
  ingress: { kind: "http-api", throttling: { ratePerSecond: 50, burst: 100 } },
  services: {
    orders: {
      kind: "web",
      healthCheck: { container: { command: ["node", "dist/health-check.js"] } },
      uses: ["postgres", "redis", "uploads", "table:users", "secret:stripe"],
      secrets: { STRIPE_KEY: { secret: "stripe" } },
      fileSystem: { mountPath: "/files" },
      tasks: { migrate: { command: ["node", "dist/migrate.js"] } },
    },
  },
} satisfies Partial<StageInput>;

describe("a stage with a password of RDS and a secret whose value is a canary", () => {
  const canary = `canary-"${randomBytes(24).toString("base64url")}"`;
  const logs: Trace[] = [];
  /** The secret that each value is of. */
  const values = new Map<string, string>();
  let sandbox: Sandbox;

  /** Deploys as a pipeline does, and keeps whatever is printed. */
  const deploy = async (run: string) => {
    const kept = async (name: string, output: Promise<string>) => {
      logs.push({ name: `log of ${run} ${name}`, content: Buffer.from(await output) });
    };
    const plan = `${run}.tfplan`;
    await kept("synth", sandbox.cdktf(["synth"]));
    await kept("init", sandbox.terraform(stack, ["init", "-input=false"]));
    await kept("plan", sandbox.terraform(stack, ["plan", `-out=${plan}`, "-input=false"]));
    await kept("plan as JSON", sandbox.terraform(stack, ["show", "-json", plan]));
    await kept("apply", sandbox.terraform(stack, ["apply", "-input=false", plan]));
    await kept("outputs", sandbox.terraform(stack, ["output", "-json"]));
    await kept("state as JSON", sandbox.terraform(stack, ["show", "-json"]));
  };
  const remember = async () => {
    for (const [name, value] of await secretValues(secretsManagerAt(sandbox.emulator.endpoint))) {
      values.set(value, name.replace(/!.*/, ""));
    }
  };
  /** All that the deployments left behind. */
  const traces = () => [...filesBelow(sandbox.folder), ...logs];

  beforeAll(async () => {
    sandbox = await Sandbox.start("dev");
    const text = JSON.stringify(stage);
    sandbox.write(file, `import { defaults } from "../defaults";\nexport default { ...defaults, ...${text} };\n`);
    await deploy("first");
    await remember();
  });
  afterAll(() => sandbox.stop());

  it("plans nothing more", async () => {
    await expectNoChanges(sandbox, stack);
  });

  it("keeps the canary when it is deployed again, and replaces the tasks that read it with a new generation", async () => {
    const client = secretsManagerAt(sandbox.emulator.endpoint);
    await client.send(new PutSecretValueCommand({ SecretId: "appname/dev09/stripe", SecretString: canary }));
    await expectNoChanges(sandbox, stack);
    sandbox.edit(file, '"generation":1', '"generation":2');
    await sandbox.synthesize();
    expect(await plannedChanges(sandbox, stack)).toEqual([
      "delete/create aws_ecs_task_definition.services_orders",
      "delete/create aws_ecs_task_definition.services_orders_tasks_migrate",
      "update aws_ecs_service.services_orders",
    ]);
    await deploy("second");
    await remember();
    expect(values.get(canary)).toBe("appname/dev09/stripe");
  });

  it("leaves traces of the secret's name that the search finds: in JSON, plan files, state and logs", () => {
    const found = tracesOf("appname/dev09/stripe", traces()).join("\n");
    for (const trace of ["cdk.tf.json", "first.tfplan (tfplan)", "second.tfplan (tfstate)", ".tfstate"]) {
      expect(found).toContain(trace);
    }
    expect(found).toMatch(/log of first plan\n.*log of first plan as JSON\n/s);
    const inBase64 = { name: "base64", content: Buffer.from(Buffer.from(`a${canary}b`).toString("base64")) };
    const inJson = { name: "JSON", content: Buffer.from(JSON.stringify({ canary })) };
    expect(tracesOf(canary, [inBase64, inJson])).toEqual(["base64", "JSON"]);
  });

  it("leaves no trace of the password, the random first value or the canary", () => {
    expect([...values.values()].sort()).toEqual(["appname/dev09/stripe", "appname/dev09/stripe", "rds"]);
    const all = traces();
    for (const [value, name] of values) {
      // The emulated RDS makes passwords of nine characters.
      expect(value.length).toBeGreaterThanOrEqual(9);
      expect({ name, traces: tracesOf(value, all) }).toEqual({ name, traces: [] });
    }
  });

  it("is destroyed without leftovers", async () => {
    await sandbox.terraform(stack, ["destroy", "-auto-approve", "-input=false"]);
    expect(await sandbox.leftovers()).toEqual([]);
    expect(sandbox.emulator.unanswered).toEqual([]);
  });
});
