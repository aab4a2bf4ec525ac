import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { guard } from "../../../../cli/commands/guard/guard";
import { TemporaryFolder } from "../../lib/toolchain/temporary-folder";

const database = "aws_db_instance.data_postgres_instance";

/** What the guard says of a plan that Terraform 1.11 wrote, and its exit code. */
function guarded(plan: string, ...allowed: string[]): { exitCode: number; said: string } {
  const lines: string[] = [];
  const exitCode = guard(join(__dirname, "plans", `${plan}.json`), allowed, (text) => lines.push(text));
  return { exitCode, said: lines.join("\n") };
}

describe("a plan that replaces the database", () => {
  it("is refused with an exit code of its own", () => {
    expect(guarded("replaced-database").exitCode).toBe(2);
  });

  it("is refused by the database's name, with the cause, what it holds and what to do", () => {
    const { said } = guarded("replaced-database");
    expect(said).toMatch("the plan would lose data of 1 resource.");
    expect(said).toMatch(`${database} is replaced by a new one, as it cannot change db_name in place.`);
    expect(said).toMatch("It holds the rows of a database");
    expect(said).toMatch("undo the change that causes it, and plan again");
    expect(said).toMatch(`--allow '${database}'`);
  });

  it("passes when the database is named by an override, and says so", () => {
    const { exitCode, said } = guarded("replaced-database", database);
    expect(exitCode).toBe(0);
    expect(said).toMatch(`Overridden by --allow: ${database} is replaced`);
    expect(said).toMatch("The plan may be applied.");
  });
});

describe("a plan that loses much", () => {
  it("is refused with all that it loses: deleted, replaced in either order, forgotten or deposed", () => {
    const { exitCode, said } = guarded("lossy");
    expect(exitCode).toBe(2);
    expect(said.split("\n").filter((line) => line.startsWith("  aws_"))).toEqual([
      expect.stringMatching(/\.services_orders is deleted, as it is no longer in the stack\. It holds logs\./),
      expect.stringMatching(/identity_pool \(deposed object 5f2b8c1d\) is deleted, as it is what an unfinished/),
      expect.stringMatching(/data_orders_table is left behind, managed by nobody/),
      expect.stringMatching(/data_key is replaced by a new one, as it cannot change multi_region in place/),
      expect.stringMatching(/uploads_bucket is deleted/),
      expect.stringMatching(/data_secret is deleted/),
      expect.stringMatching(/data_counted_queue\[1\] is deleted, as it has a smaller count/),
      expect.stringMatching(/data_tainted_queue is replaced by a new one, as it is tainted/),
    ]);
  });

  it("is still refused when one of several is named, for the others", () => {
    const { exitCode, said } = guarded("lossy", "aws_sqs_queue.data_counted_queue[1]", "aws_kms_key.data_key");
    expect(exitCode).toBe(2);
    expect(said).toMatch("Overridden by --allow: aws_kms_key.data_key");
    expect(said).toMatch("the plan would lose data of 6 resources.");
    expect(said).not.toMatch("--allow 'aws_kms_key.data_key'");
  });
});

describe("a harmless plan", () => {
  it.each([
    ["changes the database in place, replaces an instance of a cluster and makes a bucket", "harmless"],
    ["has nothing to do", "unchanged"],
  ])("passes when it %s", (_, plan) => {
    expect(guarded(plan)).toEqual({ exitCode: 0, said: "The plan loses no data." });
  });
});

describe("an override that overrides nothing", () => {
  it("is an error when it names nothing in the plan, with what it may have meant", () => {
    expect(() => guarded("replaced-database", `${database}s`)).toThrow(
      `--allow ${database}s is not in this plan; remove it, or name one of ${database}`,
    );
  });

  it("is an error when what it names loses nothing, so that none outlives its plan", () => {
    expect(() => guarded("harmless", database)).toThrow(
      `--allow ${database} would lose no data by this plan; remove it: the plan needs no override`,
    );
  });

  it("is an error beside others that are right", () => {
    expect(() => guarded("replaced-database", database, "aws_kms_key.x")).toThrow(
      "--allow aws_kms_key.x is not in this plan",
    );
  });
});

describe("a plan of a stage whose data may be lost", () => {
  const folder = new TemporaryFolder();
  const replaced = readFileSync(join(__dirname, "plans", "replaced-database.json"), "utf8");
  const plan = z.looseObject({ prior_state: z.looseObject({ values: z.looseObject({}) }) }).parse(JSON.parse(replaced));

  /** The plan that replaces the database, where outputs were applied before, and others are planned. */
  function guardedWith(before: object, planned: object) {
    const values = { ...plan.prior_state.values, outputs: before };
    const content = { ...plan, prior_state: { ...plan.prior_state, values }, planned_values: { outputs: planned } };
    const lines: string[] = [];
    const file = folder.write("plan.json", JSON.stringify(content));
    return { exitCode: guard(file, [], (text) => lines.push(text)), said: lines.join("\n") };
  }
  const off = { data_protection: { sensitive: false, value: "off" } };

  it("passes, and says what it loses", () => {
    const { exitCode, said } = guardedWith(off, off);
    expect(exitCode).toBe(0);
    expect(said).toMatch(`Not protected on this stage: ${database} is replaced by a new one`);
    expect(said).toMatch("The plan may be applied.");
  });

  it("passes when it destroys the stage", () => {
    expect(guardedWith(off, {}).exitCode).toBe(0);
  });

  it("passes while it is about to be protected, for what it had was not", () => {
    expect(guardedWith(off, { api_url: { value: "https://api.example.com" } }).exitCode).toBe(0);
  });

  it("is refused when it lifts the protection only now", () => {
    expect(guardedWith({}, off).exitCode).toBe(2);
  });

  it("is refused when the stage's word is not understood", () => {
    expect(guardedWith({ data_protection: { value: false } }, {}).exitCode).toBe(2);
  });
});
