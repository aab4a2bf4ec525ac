import { join } from "node:path";
import { readPlan, type ResourceChange } from "../../../../cli/commands/guard/plan";
import { guardPlan } from "../../../../cli/commands/guard/guard";
import { countsOf } from "../../../../cli/commands/pipeline/plan/counts";
import { summaryOf } from "../../../../cli/commands/pipeline/plan/summary";

const plan = (name: string) => readPlan(join(__dirname, "../guard/plans", name));
const summary = (name: string, allow: readonly string[] = [], outputs = {}) => {
  const planned = { ...plan(name), prior_state: { values: { outputs } } };
  return summaryOf({
    stack: "dev02-us-east-1",
    commit: "c0ffee1234",
    plan: planned,
    verdict: guardPlan(planned, allow),
  });
};
const change = (actions: ResourceChange["change"]["actions"]) => ({
  address: "aws_vpc.one",
  type: "aws_vpc",
  change: { actions, replace_paths: [] },
});

test("a replacement counts as created and as deleted, and reading as nothing", () => {
  const resource_changes = [change(["delete", "create"]), change(["update"]), change(["read"]), change(["no-op"])];
  expect(countsOf({ resource_changes })).toEqual({ create: 1, update: 1, delete: 1 });
});

test("a replaced database is in bold, with what is lost", () => {
  const text = summary("replaced-database.json");
  expect(text).toMatch(/^### Plan of dev02-us-east-1\n\n/);
  expect(text).toMatch(
    /Replaced:\n\n- \*\*`aws_db_instance\.[^`]+` is replaced by a new one, as it .*: loses the rows of a database/,
  );
  expect(text).toContain("**Refused by the guard: it is not applied.**");
});

test("a stage that may lose its data is told so, and not refused", () => {
  const text = summary("replaced-database.json", [], { data_protection: { value: "off" } });
  expect(text).toContain("**, which this stage may lose");
  expect(text).not.toContain("Refused");
});

test("what was allowed is still told", () => {
  const [loss] = guardPlan(plan("replaced-database.json"), []).refused;
  const text = summary("replaced-database.json", [loss?.address ?? ""]);
  expect(text).toContain("**, which was allowed");
  expect(text).not.toContain("Refused");
});

test("a harmless plan is counted, and lists nothing in bold", () => {
  expect(summary("unchanged.json")).toBe(
    "### Plan of dev02-us-east-1\n\n0 to create, 0 to change, 0 to delete, from commit c0ffee12.\n",
  );
});
