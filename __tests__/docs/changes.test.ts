import { existsSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../cli/lib/project";
import { codeSpans, pageOf } from "./pages";

const rows = pageOf("docs/changes.md").tables.flatMap(([head = [], ...body]) =>
  head.join() === "change,outcome,test"
    ? body.map(([change = "", outcome = "", test = ""]) => ({ change, outcome, test }))
    : [],
);
const tests = [...new Set(rows.flatMap(({ test }) => codeSpans(test)))];

describe("the table of changes", () => {
  it("has rows with an outcome", () => {
    expect(rows.length).toBeGreaterThan(80);
    expect(rows.filter(({ outcome }) => outcome === "")).toEqual([]);
  });

  it("names each change once", () => {
    expect(new Set(rows.map(({ change }) => change)).size).toBe(rows.length);
  });

  it("names for each change its tests, or that the feature comes later", () => {
    expect(rows.filter(({ test }) => !/^(-|later|`[\w./-]+`(, `[\w./-]+`)*)$/.test(test))).toEqual([]);
  });

  it.each(tests)("names the test %s, which exists", (test) => {
    expect(existsSync(join(projectFolder, "__tests__", test))).toBe(true);
  });
});
