import { join } from "node:path";
import { readPlan } from "../../../../cli/commands/guard/plan";
import { ToolError } from "../../../../cli/lib/tool-error";
import { TemporaryFolder } from "../../lib/temporary-folder";

const plans = join(__dirname, "plans");
const folder = new TemporaryFolder();

beforeEach(() => {
  delete process.env.TERRAFORM_BINARY_NAME;
});

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
  throw new Error("the plan was accepted");
}

/** A valid plan with some fields replaced. */
const planWith = (fields: object) => JSON.stringify({ format_version: "1.2", planned_values: {}, ...fields });
const remedy = "write it with: terraform show -json <plan file> > plan.json";

describe("input that is not a plan is refused with the remedy:", () => {
  it("a missing file", () => {
    expect(messageOf("nowhere/plan.json")).toMatch(/^nowhere\/plan\.json cannot be read \(ENOENT.*\); write it with: /);
  });

  it("a folder", () => {
    expect(messageOf(plans)).toMatch("cannot be read (EISDIR");
  });

  it.each([
    ["a binary plan file", "PK\u0003\u0004"],
    ["the log of terraform plan -json", '{"@level":"info"}\n{"@level":"info"}\n'],
    ["an empty file", ""],
  ])("%s", (_, content) => {
    expect(messageFor(content)).toBe(`plan.json is not JSON; ${remedy}`);
  });

  it.each(["null", "[]", "{}", '{"format_version":"1.0"}'])("other JSON: %s", (content) => {
    expect(messageFor(content)).toBe(`plan.json is not a Terraform plan; ${remedy}`);
  });

  it("a state, which also has a format version", () => {
    expect(messageOf(join(plans, "state.json"))).toMatch(`is not a Terraform plan; ${remedy}`);
  });

  it("a plan of another major version", () => {
    expect(messageFor(planWith({ format_version: "2.0" }))).toBe(
      "plan.json has format_version 2.0, and only 1.x is supported; update this project, or use an older Terraform",
    );
  });

  it("a failed plan", () => {
    expect(messageOf(join(plans, "errored.json"))).toMatch(
      "is a failed plan; correct the errors of terraform plan, and plan again",
    );
  });

  it("naming the program of TERRAFORM_BINARY_NAME", () => {
    process.env.TERRAFORM_BINARY_NAME = "tools/bin/tofu";
    expect(messageFor("")).toBe("plan.json is not JSON; write it with: tofu show -json <plan file> > plan.json");
    expect(messageOf(join(plans, "errored.json"))).toMatch("correct the errors of tofu plan, and plan again");
  });

  it("an unknown action", () => {
    const resource_changes = [{ address: "a.b", type: "a", change: { actions: ["shred"] } }];
    expect(messageFor(planWith({ resource_changes }))).toMatch(
      /^plan\.json has an unexpected resource_changes\.0\.change\.actions\.0 /,
    );
  });

  it("changes that are not a list", () => {
    expect(messageFor(planWith({ resource_changes: {} }))).toMatch("has an unexpected resource_changes (");
  });
});

describe("a plan", () => {
  it("of a later minor version is read, as the format is backward compatible", () => {
    const file = folder.write("plan.json", planWith({ format_version: "1.9", novelty: true }));
    expect(readPlan(file).resource_changes).toEqual([]);
  });
});
