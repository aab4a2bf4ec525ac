import { rules } from "../../policy/rules";
import type { Rules } from "../../policy/rule";
import { stackOf } from "./blocks";
import { fixtures } from "./fixtures";

const all: Rules = rules;

describe.each(Object.entries(fixtures))("the rule %s", (id, { good, bad }) => {
  const violations = (blocks: typeof good) => all[id]?.check(stackOf(blocks));

  it("has no violation in blocks that comply", () => {
    expect(violations(good)).toEqual([]);
  });

  it("has a violation with an address in blocks that do not comply", () => {
    expect(violations(bad)).not.toEqual([]);
    for (const { resource, problem } of violations(bad) ?? []) {
      expect(resource).toMatch(/^(?:data\.)?[a-z0-9_]+\.\w+$/);
      expect(problem).toMatch(/^[a-z].*[^.]$/);
    }
  });
});

describe("the rules", () => {
  it.each(Object.entries(all))(
    "%s has a rationale, a source and a remediation",
    (id, { rationale, source, remediation }) => {
      expect(id).toMatch(/^[a-z]+(?:-[a-z]+)+$/);
      expect(rationale).toMatch(/^[A-Z].*\.$/s);
      expect(source).toMatch(/^(?:https:\/\/|(?:CKV2?_(?:AWS|SECRET)_\d+|[A-Z]\w*\.\d+)(?:, |$))/);
      expect(remediation).toMatch(/^[a-z].*[^.]$/s);
    },
  );

  it("can be decided against by a field only when they are not of high severity and apply everywhere", () => {
    const decidable = Object.values(all).filter(({ acceptedBy }) => acceptedBy !== undefined);
    expect(decidable.length).toBeGreaterThan(0);
    for (const { severity, appliesTo } of decidable) {
      expect(severity).not.toBe("high");
      expect(appliesTo).toBeUndefined();
    }
  });
});
