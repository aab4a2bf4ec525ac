import { join } from "node:path";
import { readPlan } from "../../../../cli/commands/guard/plan";
import { ToolError } from "../../../../cli/lib/tool-error";
import { TemporaryFolder } from "../../lib/temporary-folder";

const plans = join(__dirname, "plans");
const folder = new TemporaryFolder();

/** The message for a file of this content. */
function messageFor(content: string): string {
  const file = folder.write("plan.json", content);
  return messageOf(file).replace(file, "plan.json");
}

function messageOf(file: string): string {
  try {
    readPlan(file);
  } catch (error) {
    if (error instanceof ToolError) return error.message;
    throw error;
  }
  throw new Error("nothing was refused");
}

/** A plan that is right, with some fields replaced. */
const planWith = (fields: object) => JSON.stringify({ format_version: "1.2", planned_values: {}, ...fields });
const remedy = "write it with: terraform show -json <plan file> > plan.json";

describe("what is no plan gets one message that says so and what to do:", () => {
  it("no file", () => {
    expect(messageOf("nowhere/plan.json")).toMatch(/^nowhere\/plan\.json cannot be read \(ENOENT.*\); write it with: /);
  });

  it("a folder", () => {
    expect(messageOf(plans)).toMatch("cannot be read (EISDIR");
  });

  it.each([
    ["a plan file that is not shown", "PK\u0003\u0004"],
    ["the log of terraform plan -json", '{"@level":"info"}\n{"@level":"info"}\n'],
    ["nothing", ""],
  ])("%s", (_, content) => {
    expect(messageFor(content)).toBe(`plan.json is not JSON; ${remedy}`);
  });

  it.each(["null", "[]", "{}", '{"format_version":"1.0"}'])("other JSON: %s", (content) => {
    expect(messageFor(content)).toBe(`plan.json is no plan of Terraform; ${remedy}`);
  });

  it("a state, which has a format version too", () => {
    expect(messageOf(join(plans, "state.json"))).toMatch(`is no plan of Terraform; ${remedy}`);
  });

  it("a plan of another major version", () => {
    expect(messageFor(planWith({ format_version: "2.0" }))).toBe(
      "plan.json has format_version 2.0, and 1.x is understood; update this project, or use an older Terraform",
    );
  });

  it("a plan that failed", () => {
    expect(messageOf(join(plans, "errored.json"))).toMatch(
      "is of a plan that failed; mend what terraform plan said, and plan again",
    );
  });

  it("an action that is not known", () => {
    const resource_changes = [{ address: "a.b", type: "a", change: { actions: ["shred"] } }];
    expect(messageFor(planWith({ resource_changes }))).toMatch(
      /^plan\.json has a resource_changes\.0\.change\.actions\.0 that is not understood/,
    );
  });

  it("changes that are no list", () => {
    expect(messageFor(planWith({ resource_changes: {} }))).toMatch("has a resource_changes that is not understood");
  });
});

describe("a plan", () => {
  it("of a later minor version is read, as its format promises", () => {
    const file = folder.write("plan.json", planWith({ format_version: "1.9", novelty: true }));
    expect(readPlan(file).resource_changes).toEqual([]);
  });
});
