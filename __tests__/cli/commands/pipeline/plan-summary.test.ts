import { join } from "node:path";
import { readPlan, type ResourceChange } from "../../../../cli/commands/guard/plan";
import { guardPlan } from "../../../../cli/commands/guard/forecast";
import { countsOf, summaryOf } from "../../../../cli/commands/pipeline/plan-summary";

const plan = (name: string) => readPlan(join(__dirname, "../guard/plans", name));
const summary = (name: string, allow: readonly string[] = [], outputs = {}) => {
  const planned = { ...plan(name), prior_state: { values: { outputs } } };
  return summaryOf({
    stack: "dev02-us-east-1",
    commit: "c0ffee1234",
    plan: planned,
    guard: guardPlan(planned, { allowances: allow.map((address) => ({ address })) }),
  });
};
const change = (actions: ResourceChange["change"]["actions"]) => ({
  address: "aws_vpc.one",
  type: "aws_vpc",
  change: { actions, replace_paths: [] },
});

test("counts a replacement as created and as deleted, and does not count reading", () => {
  const resource_changes = [change(["delete", "create"]), change(["update"]), change(["read"]), change(["no-op"])];
  expect(countsOf({ resource_changes })).toEqual({ create: 1, update: 1, delete: 1 });
});

test("shows a replaced database in bold, with the data that is lost", () => {
  const text = summary("replaced-database.json");
  expect(text).toMatch(/^### Plan of dev02-us-east-1\n\n/);
  expect(text).toMatch(
    /Replaced:\n\n- \*\*`aws_db_instance\.[^`]+` is replaced by a new one, as it .*: loses the rows of a database/,
  );
  expect(text).toContain("**Refused by the guard: it is not applied.**");
});

test("marks data that the stage may lose, and does not refuse the plan", () => {
  const text = summary("replaced-database.json", [], { data_protection: { value: "off" } });
  expect(text).toContain("**, which this stage may lose");
  expect(text).not.toContain("Refused");
});

test("lists a loss that was allowed", () => {
  const [loss] = guardPlan(plan("replaced-database.json"), { allowances: [] }).data.refused;
  const text = summary("replaced-database.json", [loss?.address ?? ""]);
  expect(text).toContain("**, which was allowed");
  expect(text).not.toContain("Refused");
});

test("lists nothing in bold for a harmless plan", () => {
  expect(summary("unchanged.json")).toBe(
    "### Plan of dev02-us-east-1\n\n0 to create, 0 to change, 0 to delete, from commit c0ffee12.\n",
  );
});

test("lists outages and changed addresses, which are not refused", () => {
  const text = summary("harmless.json");
  expect(text).toMatch(
    /Outages:\n\n- `aws_rds_cluster_instance\.[^`]+`: the database, or one of its readers, about 10 minutes: from /,
  );
  expect(text).not.toContain("Refused");
});

test("names the stack in the proposed allowance", () => {
  expect(summary("replaced-database.json")).toContain("plan with `--allow dev02-us-east-1:<address>`");
});
