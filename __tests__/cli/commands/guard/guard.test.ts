import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { guard } from "../../../../cli/commands/guard/guard";
import { TemporaryFolder } from "../../lib/temporary-folder";

const database = "aws_db_instance.data_postgres_instance";

/** The output of the guard for a plan of Terraform 1.11, and its exit code. */
function guarded(plan: string, ...allowed: string[]): { exitCode: number; output: string } {
  const lines: string[] = [];
  const exitCode = guard(join(__dirname, "plans", `${plan}.json`), allowed, (text) => lines.push(text));
  return { exitCode, output: lines.join("\n") };
}

describe("a plan that replaces the database", () => {
  it("is refused with its own exit code", () => {
    expect(guarded("replaced-database").exitCode).toBe(2);
  });

  it("is refused with the database's address, the cause, the data and the remedy", () => {
    const { output } = guarded("replaced-database");
    expect(output).toMatch("the plan would lose data of 1 resource.");
    expect(output).toMatch(`${database} is replaced by a new one, as it cannot change db_name in place.`);
    expect(output).toMatch("It holds the rows of a database");
    expect(output).toMatch("undo the change that causes it, and plan again");
    expect(output).toMatch(`--allow ${database}\n`);
    expect(output).toMatch("set allowDataLoss: true in the stage file, and deploy that change first");
  });

  it("passes with an override for the database, which is reported", () => {
    const { exitCode, output } = guarded("replaced-database", database);
    expect(exitCode).toBe(0);
    expect(output).toMatch(`Allowed by --allow: ${database} is replaced`);
    expect(output).toMatch("The plan may be applied.");
  });
});

describe("a plan with several losses", () => {
  it("is refused with all of them: deleted, replaced in either order, forgotten or deposed", () => {
    const { exitCode, output } = guarded("lossy");
    expect(exitCode).toBe(2);
    expect(output.split("\n").filter((line) => line.startsWith("  aws_"))).toEqual([
      expect.stringMatching(/\.services_orders is deleted, as it is no longer in the stack\. It holds logs\./),
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
    expect(output).toMatch("the plan would lose data of 6 resources.");
    expect(output).not.toMatch("--allow aws_kms_key.data_key\n");
    expect(guarded("lossy").output).toMatch("--allow 'aws_sqs_queue.data_counted_queue[1]'\n");
  });
});

describe("a harmless plan", () => {
  it.each([
    ["changes the database in place, replaces an instance of a cluster and creates a bucket", "harmless"],
    ["contains no changes", "unchanged"],
  ])("passes when it %s", (_, plan) => {
    expect(guarded(plan)).toEqual({ exitCode: 0, output: "The plan loses no data." });
  });
});

describe("an override without effect", () => {
  it("is an error when its address is not in the plan, with the addresses of the losses", () => {
    expect(() => guarded("replaced-database", `${database}s`)).toThrow(
      `--allow ${database}s is not in this plan; remove it, or use one of ${database}`,
    );
  });

  it("is an error when its resource loses no data, so that overrides are removed with their plan", () => {
    expect(() => guarded("harmless", database)).toThrow(
      `--allow ${database} loses no data by this plan; remove it, as the plan loses no data`,
    );
  });

  it("is an error beside valid ones", () => {
    expect(() => guarded("replaced-database", database, "aws_kms_key.x")).toThrow(
      "--allow aws_kms_key.x is not in this plan",
    );
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
    return { exitCode: guard(file, [], (text) => lines.push(text)), output: lines.join("\n") };
  }
  const off = { data_protection: { sensitive: false, value: "off" } };

  it("passes, and reports the losses", () => {
    const { exitCode, output } = guardedWith(off, off);
    expect(exitCode).toBe(0);
    expect(output).toMatch(`Allowed on this stage: ${database} is replaced by a new one`);
    expect(output).toMatch("The plan may be applied.");
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
