import { reportedRules } from "../../../../cli/commands/policy/report";
import { json, rulesTable, table } from "../../../../cli/commands/policy/formats";
import { report } from "./example-report";

describe("the table of findings", () => {
  const text = table(report);

  it("contains the stack and its file once, and the rule of every finding", () => {
    expect(text.match(/dev02-us-east-1 \(config\/dev\/dev02\/us-east-1-dev02\.ts\)/g)).toHaveLength(1);
    expect(text.match(/│ public-ports /g)).toHaveLength(2);
    expect(text).not.toContain("prod01");
  });

  it("does not truncate text", () => {
    expect(text).not.toContain("…");
    expect(text.replace(/[\s│]/g, "")).toContain("a-very-long-name_".repeat(8));
  });

  it("is at most 120 characters wide", () => {
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  it("ends with the number of findings", () => {
    expect(text).toMatch(/\n3 findings of \d+ rules in 2 stacks$/);
    expect(table({ ...report, findings: [] })).toMatch(/^0 findings of \d+ rules in 2 stacks$/);
  });
});

it("the table of rules contains every rule", () => {
  const text = rulesTable(reportedRules);
  for (const { id } of reportedRules) expect(text).toContain(`│ ${id} `);
});

it("the JSON contains the stacks and findings", () => {
  expect(JSON.parse(json(report))).toEqual({ stacks: report.stacks, findings: report.findings });
});
