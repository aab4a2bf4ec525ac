import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PlanFile } from "../../../../cli/commands/pipeline/plan-file";
import { TemporaryFolder } from "../../lib/temporary-folder";

const folder = new TemporaryFolder();
const [stack, commit] = ["dev02-us-east-1", "c0ffee"];
const now = new Date("2026-11-21T12:00:00Z");
const info = { stack, commit, createdAt: "2026-11-20T13:00:00.000Z", terraformVersion: "1.11.4" };
const expected = { stack, commit, now, maximumHours: 24 };

function saved(fields: Partial<typeof info> = {}): PlanFile {
  const file = new PlanFile(stack, folder.path);
  writeFileSync(file.path, "a plan");
  file.saveInfo({ ...info, ...fields });
  return file;
}

describe("a saved plan", () => {
  it("of this stack, this commit and the last day is accepted", () => {
    expect(() => {
      saved().verify(expected);
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
      saved(fields).verify(expected);
    }).toThrow(message);
  });

  it("that does not exist is refused, with the command that creates it", () => {
    expect(() => {
      new PlanFile(stack, folder.path).verify(expected);
    }).toThrow(/^there is no plan .*plan\.tfplan; plan again: npm run pipeline -- plan dev02-us-east-1$/);
  });

  it("of unknown origin is refused", () => {
    const file = saved();
    writeFileSync(join(folder.path, "plan-info.json"), "{}");
    expect(() => {
      file.verify(expected);
    }).toThrow(/plan-info\.json does not contain the origin of the plan/);
  });

  it("restores the lock file of its providers, and is removed with it", () => {
    const lock = folder.write("stack/.terraform.lock.hcl", "one release");
    const file = saved();
    file.saveProviders(join(folder.path, "stack"));
    writeFileSync(lock, "another release");
    file.restoreProviders(join(folder.path, "stack"));
    expect(readFileSync(lock, "utf8")).toBe("one release");
    file.remove();
    for (const name of ["plan.tfplan", "plan-info.json", "terraform.lock.hcl"]) {
      expect(existsSync(join(folder.path, name))).toBe(false);
    }
  });
});
