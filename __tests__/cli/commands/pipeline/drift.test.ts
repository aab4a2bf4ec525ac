import { XMLParser } from "fast-xml-parser";
import { driftOf } from "../../../../cli/commands/pipeline/drift/difference";
import { junitOf, markdownOf } from "../../../../cli/commands/pipeline/drift/report";

const change = (fields: object) => ({
  address: "aws_db_instance.one",
  type: "aws_db_instance",
  change: { actions: ["update"], ...fields },
});
const drift = (fields: object) => driftOf({ resource_changes: [change(fields)] })[0];

describe("what drifted", () => {
  it("is told by attribute, as it is and as it should be", () => {
    const before = { port: 5432, size: "small", same: { a: [1] } };
    expect(drift({ before, after: { ...before, size: "large" } })).toEqual({
      address: "aws_db_instance.one",
      type: "aws_db_instance",
      action: "update",
      differences: [{ attribute: "size", is: '"small"', shouldBe: '"large"' }],
    });
  });

  it.each([
    ["the whole attribute", { before_sensitive: { password: true } }],
    ["a part of it", { after_sensitive: { password: [{ value: true }] } }],
    ["the whole resource", { before_sensitive: true }],
  ])("holds no value where Terraform calls %s sensitive", (_, marked) => {
    const found = drift({ before: { password: "canary-1" }, after: { password: "canary-2" }, ...marked });
    expect(found?.differences).toEqual([{ attribute: "password", is: "(sensitive)", shouldBe: "(sensitive)" }]);
  });

  it("tells what only an apply will know", () => {
    const found = drift({ before: { arn: "a" }, after: {}, after_unknown: { arn: true } });
    expect(found?.differences).toEqual([{ attribute: "arn", is: '"a"', shouldBe: "(known after apply)" }]);
  });

  it("lists a resource that is gone by its action alone", () => {
    expect(drift({ actions: ["create"], before: null, after: { port: 1 } })).toMatchObject({
      action: "create",
      differences: [],
    });
  });

  it("is nothing where a plan only reads", () => {
    expect(driftOf({ resource_changes: [change({ actions: ["no-op"] }), change({ actions: ["read"] })] })).toEqual([]);
  });
});

describe("the reports of drift", () => {
  const drifted = [
    {
      address: "aws_vpc.one",
      type: "aws_vpc",
      action: "update",
      differences: [{ attribute: "name", is: '"a```b"', shouldBe: '"<c>"' }],
    },
  ];
  const stacks = [
    { stack: "dev01-us-east-1", drifted },
    { stack: "dev02-us-east-1", drifted: [] },
    { stack: "dev03-us-east-1", drifted: [], error: "the role cannot be assumed" },
  ];

  it("tell a person of every stack, in a fence that no value ends", () => {
    const text = markdownOf(stacks);
    expect(text).toContain(
      '### dev01-us-east-1: one resource differs\n\n````text\naws_vpc.one (update)\n  name: is "a```b", should be "<c>"\n````',
    );
    expect(text).toContain("### dev02-us-east-1: as it should be");
    expect(text).toContain("### dev03-us-east-1: not known\n\n```text\nthe role cannot be assumed");
  });

  it("count drift as failures, and what could not be looked at as errors", () => {
    const parsed: unknown = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "" }).parse(junitOf(stacks));
    expect(parsed).toMatchObject({
      testsuites: {
        tests: "3",
        failures: "1",
        errors: "1",
        testsuite: {
          testcase: [
            { name: "dev01-us-east-1", failure: { message: "1 drifted" } },
            { name: "dev02-us-east-1" },
            { name: "dev03-us-east-1", error: { message: "the role cannot be assumed" } },
          ],
        },
      },
    });
  });
});
