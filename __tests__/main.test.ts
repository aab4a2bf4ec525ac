import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { copyProject, fixtureConfig } from "./fixtures/config";

const roles = z.record(z.string(), z.looseObject({ permissions_boundary: z.string().optional() }));
const stageFile = "config/dev/dev02/us-east-1-dev02.ts";

describe("main", () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "main (1) "));
    copyProject(folder, [
      "main.ts",
      "cli/run.mjs",
      "cli/run",
      "package.json",
      "tsconfig.json",
      "network-paths",
      "schema",
      "policy",
      "stacks",
    ]);
  });
  afterEach(() => {
    for (const each of ["config", "cdktf.out"]) rmSync(join(folder, each), { recursive: true, force: true });
    cpSync(fixtureConfig, join(folder, "config"), { recursive: true });
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const synthesize = () => spawnSync(process.execPath, ["cli/run.mjs", "main.ts"], { cwd: folder, encoding: "utf8" });
  const edit = (from: string, to: string, file = stageFile) => {
    const text = readFileSync(join(folder, file), "utf8");
    expect(text).toContain(from);
    writeFileSync(join(folder, file), text.replace(from, to));
  };

  it("writes one stack per stage file, and says nothing", () => {
    const { status, stdout, stderr } = synthesize();
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
    const stacks = readdirSync(join(folder, "cdktf.out/stacks"));
    expect(stacks).toEqual(expect.arrayContaining(["dev02-us-east-1", "prod01-us-east-1"]));
    for (const stack of stacks.filter((name) => !name.startsWith("account"))) {
      const text = readFileSync(join(folder, "cdktf.out/stacks", stack, "cdk.tf.json"), "utf8");
      const { resource } = z.object({ resource: z.object({ aws_iam_role: roles }) }).parse(JSON.parse(text));
      // The deploy roles may create only roles with a permissions boundary.
      expect(Object.values(resource.aws_iam_role).filter((role) => role.permissions_boundary === undefined)).toEqual(
        [],
      );
    }
  });

  it("refuses bad input with one message: no stack trace, exit code 1, nothing written", () => {
    edit('"us-east-1b"', '"eu-west-1b"');
    const { status, stderr } = synthesize();
    expect(stderr).toBe(
      [
        "1 problem in the configuration",
        "",
        stageFile,
        '  network.zones[1]: "eu-west-1b" must be an availability zone of us-east-1; write one such as "us-east-1a"',
        "",
      ].join("\n"),
    );
    expect(status).toBe(1);
    expect(existsSync(join(folder, "cdktf.out"))).toBe(false);
  });

  it.each([
    ["a promise", 'void Promise.reject(new Error("late"));'],
    ["a callback that ends the process", "process.nextTick(() => process.exit(0));"],
    ["an asynchronous function", 'void (async () => { await null; throw new Error("late"); })();'],
  ])("refuses %s that fails: no stack trace, exit code 1, nothing written", (_, statement) => {
    edit("export default", `${statement}\nexport default`);
    const { status, stderr } = synthesize();
    expect(stderr).toMatch(
      /^config\/dev\/dev02\/us-east-1-dev02\.ts:\d+:\d+: Error: (?:late|calls process.exit), after .*; correct it\n$/,
    );
    expect(status).toBe(1);
    expect(existsSync(join(folder, "cdktf.out"))).toBe(false);
  });

  it("says where it cannot write: no stack trace, exit code 1", () => {
    writeFileSync(join(folder, "cdktf.out"), "");
    const { status, stderr } = synthesize();
    expect(stderr).toMatch(/^the stacks cannot be written: E[A-Z]+: .*cdktf\.out.*; permit it, and free space\n$/);
    expect(status).toBe(1);
  });

  it.each(["await Promise.resolve();", "process.exit(0);"])(
    "refuses %s in a stage file, with its line",
    (statement) => {
      edit("export default", `${statement}\nexport default`);
      const { status, stderr } = synthesize();
      expect(stderr).toMatch(
        /us-east-1-dev02\.ts\n {2}line \d+, column \d+: .*(await|process\.exit).*; correct the \w+\n$/,
      );
      expect(status).toBe(1);
    },
  );

  it("refuses two constructs with one Terraform address: no stack trace, exit code 1, nothing written", () => {
    edit("services: {", 'services: {\n    "appname-tasks-migrate": { kind: "worker" },');
    const { status, stderr } = synthesize();
    expect(stderr).toBe(
      "dev02-us-east-1: services/appname-tasks-migrate/task/definition and services/appname/tasks/migrate would both be" +
        ' aws_ecs_task_definition.services_appname_tasks_migrate, as addresses write "-" as "_";' +
        " rename one of them in the stage file\n",
    );
    expect(status).toBe(1);
    expect(existsSync(join(folder, "cdktf.out/stacks/dev02-us-east-1"))).toBe(false);
  });

  it("reports the policy findings of all stages: no stack trace, exit code 1, nothing written", () => {
    edit("services: {", 'exceptions: [{ rule: "api-waf", resource: "aws_lb.*", reason: "None." }],\n  services: {');
    const postgres = "{ ...data.postgres, multiAz: false }";
    edit("  data,", `  data: { ...data, postgres: ${postgres} },`, "config/prod/prod01/us-east-1-prod01.ts");
    const { status, stderr } = synthesize();
    expect(stderr).toBe(
      [
        "2 findings of the policy",
        "",
        `dev02-us-east-1 (${stageFile})`,
        "  exceptions[0]: is not needed: api-waf has no finding for aws_lb.*;" +
          " remove it from `exceptions` (exception-unused, low, schema/stage.ts)",
        "",
        "prod01-us-east-1 (config/prod/prod01/us-east-1-prod01.ts)",
        "  aws_db_instance.data_postgres_server: has no standby in another zone;" +
          " set data.postgres.multiAz: true (multi_az) (database-multi-az, medium, CKV_AWS_157, RDS.5)",
        "",
        "To permit a violation, give the reason in the stage file: exceptions: [{ rule, resource, reason }]",
        "",
      ].join("\n"),
    );
    expect(status).toBe(1);
    expect(existsSync(join(folder, "cdktf.out/stacks/dev02-us-east-1"))).toBe(false);
  });
});
