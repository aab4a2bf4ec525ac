import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PlanFile } from "../../../../cli/commands/pipeline/stack/plan-file";
import { TemporaryFolder } from "../../lib/toolchain/temporary-folder";

const folder = new TemporaryFolder();
const [stack, commit] = ["dev02-us-east-1", "c0ffee"];
const now = new Date("2026-11-21T12:00:00Z");
const info = { stack, commit, createdAt: "2026-11-20T13:00:00.000Z", terraformVersion: "1.11.4" };
const expected = { stack, commit, now, maximumHours: 24 };

function saved(fields: Partial<typeof info> = {}): PlanFile {
  const file = new PlanFile(stack, folder.path);
  writeFileSync(file.path, "a plan");
  file.describe({ ...info, ...fields });
  return file;
}

describe("a saved plan", () => {
  it("of this stack, this commit and the last day is accepted", () => {
    expect(() => {
      saved().accept(expected);
    }).not.toThrow();
  });

  it.each([
    [
      "of another commit",
      { commit: "decade" },
      /^the plan was made from commit decade, and this is c0ffee; plan again/,
    ],
    ["of another stack", { stack: "dev03-us-east-1" }, /^the plan is of dev03-us-east-1, not of dev02-us-east-1/],
    ["that has expired", { createdAt: "2026-11-20T11:59:59.000Z" }, /is older than 24 hours, and has expired/],
  ])("%s is refused", (_, fields, message) => {
    expect(() => {
      saved(fields).accept(expected);
    }).toThrow(message);
  });

  it("that is not there is refused, with the command that makes it", () => {
    expect(() => {
      new PlanFile(stack, folder.path).accept(expected);
    }).toThrow(/^there is no plan .*plan\.tfplan; plan again: npm run pipeline -- plan dev02-us-east-1$/);
  });

  it("of which nobody knows what it was made of is refused", () => {
    const file = saved();
    writeFileSync(join(folder.path, "plan-info.json"), "{}");
    expect(() => {
      file.accept(expected);
    }).toThrow(/plan-info\.json does not say of what the plan was made/);
  });

  it("brings its providers along, and leaves nothing when it is removed", () => {
    const lock = folder.write("stack/.terraform.lock.hcl", "one release");
    const file = saved();
    file.keepProviders(join(folder.path, "stack"));
    writeFileSync(lock, "another release");
    file.restoreProviders(join(folder.path, "stack"));
    expect(readFileSync(lock, "utf8")).toBe("one release");
    file.remove();
    for (const name of ["plan.tfplan", "plan-info.json", "terraform.lock.hcl"]) {
      expect(existsSync(join(folder.path, name))).toBe(false);
    }
  });
});
