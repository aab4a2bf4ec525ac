import { rules } from "../../policy/rules";
import type { Rules } from "../../policy/rule";
import { stackOf } from "./blocks";
import { fixtures } from "./fixtures";

const all: Rules = rules;

describe.each(Object.entries(fixtures))("the rule %s", (id, { good, bad }) => {
  const violations = (blocks: typeof good) => all[id]?.check(stackOf(blocks));

  it("finds nothing where it holds", () => {
    expect(violations(good)).toEqual([]);
  });

  it("finds what breaks it, and says where", () => {
    expect(violations(bad)).not.toEqual([]);
    for (const { resource, problem } of violations(bad) ?? []) {
      expect(resource).toMatch(/^(?:data\.)?[a-z0-9_]+\.\w+$/);
      expect(problem).toMatch(/^[a-z].*[^.]$/);
    }
  });
});

describe("the rules", () => {
  it.each(Object.entries(all))("%s says why it is there, whose it is, and what to do", (id, { why, source, mend }) => {
    expect(id).toMatch(/^[a-z]+(?:-[a-z]+)+$/);
    expect(why).toMatch(/^[A-Z].*\.$/s);
    expect(source).toMatch(/^(?:https:\/\/|(?:CKV2?_(?:AWS|SECRET)_\d+|[A-Z]\w*\.\d+)(?:, |$))/);
    expect(mend).toMatch(/^[a-z].*[^.]$/s);
  });
});
