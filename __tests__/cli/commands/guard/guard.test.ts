import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { allowanceOf } from "../../../../cli/commands/guard/allowances";
import { guard } from "../../../../cli/commands/guard/guard";
import { TemporaryFolder } from "../../lib/temporary-folder";

const database = "aws_db_instance.data_postgres_instance";

/** The output of the guard for a plan of Terraform 1.11, and its exit code. */
function guarded(plan: string, ...allowed: string[]): { exitCode: number; output: string } {
  return guardedOf("dev02-us-east-1", plan, ...allowed);
}

/** The same for a plan of a stack; undefined for an unknown one. */
function guardedOf(stack: string | undefined, plan: string, ...allowed: string[]) {
  const lines: string[] = [];
  const options = { allowances: allowed.map(allowanceOf), ...(stack !== undefined && { stack }) };
  const exitCode = guard(join(__dirname, "plans", `${plan}.json`), options, (text) => lines.push(text));
  return { exitCode, output: lines.join("\n") };
}

/** The output without line breaks within a sentence. */
const unwrapped = (output: string) =>
  output.replaceAll(/\n {4,}(?!(lost|note|from|until|not available|from now on):)/g, " ");

describe("a plan that replaces the database", () => {
  it("is refused with its own exit code", () => {
    expect(guarded("replaced-database").exitCode).toBe(2);
  });

  it("is refused with the database's address, the cause, the data and the remedy", () => {
    const output = unwrapped(guarded("replaced-database").output);
    expect(output).toMatch("Data: the plan would lose data of 1 resource\n");
    expect(output).toMatch(`Refused: ${database} is replaced by a new one, as it cannot change db_name in place.`);
    expect(output).toMatch("lost: the rows of a database, and its automated backups\n");
    expect(output).toMatch("undo the change that causes it, and plan again");
    expect(output).toMatch(`--allow dev02-us-east-1:${database}\n`);
    expect(output).toMatch("set allowDataLoss: true in the stage file, and deploy that change first");
  });

  it("passes with an override for the database, which is reported", () => {
    const { exitCode, output } = guarded("replaced-database", database);
    expect(exitCode).toBe(0);
    expect(output).toMatch(`Allowed by --allow: ${database} is replaced`);
    expect(output).toMatch(/\n\nThe plan may be applied: the loss of data is allowed\.$/);
  });
});

describe("a plan with several losses", () => {
  it("is refused with all of them: deleted, replaced in either order, forgotten or deposed", () => {
    const { exitCode, output } = guarded("lossy");
    expect(exitCode).toBe(2);
    const refused = unwrapped(output)
      .split("\n")
      .filter((line) => line.startsWith("  Refused: "));
    expect(refused).toEqual([
      expect.stringMatching(/\.services_orders is deleted, as it is no longer in the stack\.$/),
      expect.stringMatching(/identity_pool \(deposed object 5f2b8c1d\) is deleted, as it remained after an unfinished/),
      expect.stringMatching(/data_orders_table is removed from the state and no longer managed/),
      expect.stringMatching(/data_key is replaced by a new one, as it cannot change multi_region in place/),
      expect.stringMatching(/uploads_bucket is deleted/),
      expect.stringMatching(/data_secret is deleted/),
      expect.stringMatching(/data_counted_queue\[1\] is deleted, as it has a smaller count/),
      expect.stringMatching(/data_tainted_queue is replaced by a new one, as it is tainted/),
    ]);
  });

  it("is refused for the losses without an override", () => {
    const { exitCode, output } = guarded("lossy", "aws_sqs_queue.data_counted_queue[1]", "aws_kms_key.data_key");
    expect(exitCode).toBe(2);
    expect(output).toMatch("Allowed by --allow: aws_kms_key.data_key");
    expect(output).toMatch("the plan would lose data of 6 resources\n");
    expect(output).not.toMatch("--allow dev02-us-east-1:aws_kms_key.data_key\n");
    expect(guarded("lossy").output).toMatch("--allow 'dev02-us-east-1:aws_sqs_queue.data_counted_queue[1]'\n");
  });
});

describe("a harmless plan", () => {
  it("passes when it contains no changes, with one line", () => {
    expect(guarded("unchanged")).toEqual({ exitCode: 0, output: "The plan may be applied: it loses no data." });
  });

  it("passes with its outages when it changes the database in place, and replaces an instance of a cluster", () => {
    const { exitCode, output } = guarded("harmless");
    expect(exitCode).toBe(0);
    expect(output).toMatch(/^Availability: 2 outages forecast\n/);
    expect(output).toMatch(/\n\nThe plan may be applied: it loses no data\.$/);
  });
});

describe("a plan of the provider that changes values", () => {
  const { exitCode, output } = guarded("values");
  const lines = unwrapped(output).split("\n");

  it("is refused for each value that loses data", () => {
    expect(exitCode).toBe(2);
    expect(lines.filter((line) => line.startsWith("  Refused: "))).toEqual([
      expect.stringMatching(/aws_backup_plan\.backups changes rule: rule daily from 35 days to 7 days\.$/),
      expect.stringMatching(/data_tables_users changes point_in_time_recovery\.enabled from true to false\.$/),
      expect.stringMatching(/data_tables_users changes ttl\.attribute_name from a to b\.$/),
      expect.stringMatching(/services_orders_repository changes policy: kept images from 50 to 1\.$/),
      expect.stringMatching(
        /changes rule: days of objects from 365 to 30, days of noncurrent versions from 30 to 1\.$/,
      ),
      expect.stringMatching(/data_uploads changes versioning_configuration\.status from Enabled to Suspended\.$/),
    ]);
  });

  it("shows the access that it opens", () => {
    expect(lines).toEqual(
      expect.arrayContaining([
        "Access: 3 changes that open access",
        expect.stringMatching(/the route \/orders becomes public: its action authenticate-cognito is removed/),
        expect.stringMatching(/opens port 443 from every address/),
        expect.stringMatching(/WAF only counts what common blocked: the whole group/),
      ]),
    );
  });
});

describe("an allowance", () => {
  it("with the stack of the plan permits the loss", () => {
    expect(guarded("replaced-database", `dev02-us-east-1:${database}`).exitCode).toBe(0);
  });

  it("with another stack permits nothing, and is not reported", () => {
    const { exitCode, output } = guarded("replaced-database", `prod01-us-east-1:${database}`);
    expect(exitCode).toBe(2);
    expect(output).not.toContain("prod01");
  });

  it("with a stack is an error when the stack of the plan is not known", () => {
    expect(() => guardedOf(undefined, "replaced-database", `dev02-us-east-1:${database}`)).toThrow(
      `--allow dev02-us-east-1:${database} names a stack, and the stack of the plan is not known; add --stack <name>`,
    );
  });

  it("without a stack permits the loss when the stack of the plan is not known", () => {
    const { exitCode } = guardedOf(undefined, "replaced-database", database);
    expect(exitCode).toBe(0);
  });

  it.each([
    ["is not in the plan", "replaced-database", `${database}s`, 2],
    ["loses no data", "harmless", database, 0],
  ])("is a warning when its resource %s", (_, plan, address, expected) => {
    const { exitCode, output } = guarded(plan, address);
    expect(exitCode).toBe(expected);
    expect(output).toMatch(`Warning: --allow ${address} names no loss of this plan.`);
  });

  it("without effect does not change that of others", () => {
    const { exitCode, output } = guarded("replaced-database", database, "dev02-us-east-1:aws_kms_key.x");
    expect(exitCode).toBe(0);
    expect(output).toMatch("Warning: --allow dev02-us-east-1:aws_kms_key.x names no loss of this plan.");
  });
});

describe("a plan of a stage that allows data loss", () => {
  const folder = new TemporaryFolder();
  const replaced = readFileSync(join(__dirname, "plans", "replaced-database.json"), "utf8");
  const plan = z.looseObject({ prior_state: z.looseObject({ values: z.looseObject({}) }) }).parse(JSON.parse(replaced));

  /** The plan that replaces the database, with the applied and the planned outputs. */
  function guardedWith(before: object, planned: object) {
    const values = { ...plan.prior_state.values, outputs: before };
    const content = { ...plan, prior_state: { ...plan.prior_state, values }, planned_values: { outputs: planned } };
    const lines: string[] = [];
    const file = folder.write("plan.json", JSON.stringify(content));
    return { exitCode: guard(file, { allowances: [] }, (text) => lines.push(text)), output: lines.join("\n") };
  }
  const off = { data_protection: { sensitive: false, value: "off" } };

  it("passes, and reports the losses", () => {
    const { exitCode, output } = guardedWith(off, off);
    expect(exitCode).toBe(0);
    expect(output).toMatch(`Allowed on this stage: ${database} is replaced by a new one`);
    expect(output).toMatch(/\n\nThe plan may be applied: the loss of data is allowed\.$/);
  });

  it("passes when it destroys the stage", () => {
    expect(guardedWith(off, {}).exitCode).toBe(0);
  });

  it("passes when it protects the data only from now on", () => {
    expect(guardedWith(off, { api_url: { value: "https://api.example.com" } }).exitCode).toBe(0);
  });

  it("is refused when the same plan lifts the protection", () => {
    expect(guardedWith({}, off).exitCode).toBe(2);
  });

  it("is refused when the output has an unknown value", () => {
    expect(guardedWith({ data_protection: { value: false } }, {}).exitCode).toBe(2);
  });
});
