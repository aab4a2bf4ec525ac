import { XMLParser } from "fast-xml-parser";
import { driftOf, junitOf, markdownOf } from "../../../../cli/commands/pipeline/drift-report";

const change = (fields: object) => ({
  address: "aws_db_instance.one",
  type: "aws_db_instance",
  change: { actions: ["update"], ...fields },
});
const drift = (fields: object) => driftOf({ resource_changes: [change(fields)] })[0];

describe("the drift of a stack", () => {
  it("lists the attributes with their actual and expected values", () => {
    const before = { port: 5432, size: "small", same: { a: [1] } };
    expect(drift({ before, after: { ...before, size: "large" } })).toEqual({
      address: "aws_db_instance.one",
      type: "aws_db_instance",
      action: "update",
      attributes: [{ attribute: "size", actual: '"small"', expected: '"large"' }],
    });
  });

  it.each([
    ["the whole attribute", { before_sensitive: { password: true } }],
    ["a part of it", { after_sensitive: { password: [{ value: true }] } }],
    ["the whole resource", { before_sensitive: true }],
  ])("contains no value where Terraform marks %s as sensitive", (_, marked) => {
    const resource = drift({ before: { password: "canary-1" }, after: { password: "canary-2" }, ...marked });
    expect(resource?.attributes).toEqual([{ attribute: "password", actual: "(sensitive)", expected: "(sensitive)" }]);
  });

  it("marks values that are known only after an apply", () => {
    const resource = drift({ before: { arn: "a" }, after: {}, after_unknown: { arn: true } });
    expect(resource?.attributes).toEqual([{ attribute: "arn", actual: '"a"', expected: "(known after apply)" }]);
  });

  it("lists only the action of a resource that is missing", () => {
    expect(drift({ actions: ["create"], before: null, after: { port: 1 } })).toMatchObject({
      action: "create",
      attributes: [],
    });
  });

  it("is empty when a plan only reads", () => {
    expect(driftOf({ resource_changes: [change({ actions: ["no-op"] }), change({ actions: ["read"] })] })).toEqual([]);
  });
});

describe("the reports of drift", () => {
  const resources = [
    {
      address: "aws_vpc.one",
      type: "aws_vpc",
      action: "update",
      attributes: [{ attribute: "name", actual: '"a```b"', expected: '"<c>"' }],
    },
  ];
  const stacks = [
    { stack: "dev01-us-east-1", resources },
    { stack: "dev02-us-east-1", resources: [] },
    { stack: "dev03-us-east-1", resources: [], error: "the role cannot be assumed" },
  ];

  it("list every stack in Markdown, with a fence longer than any in a value", () => {
    const text = markdownOf(stacks);
    expect(text).toContain(
      '### dev01-us-east-1: one resource differs\n\n````text\naws_vpc.one (update)\n  name: is "a```b", should be "<c>"\n````',
    );
    expect(text).toContain("### dev02-us-east-1: no drift");
    expect(text).toContain("### dev03-us-east-1: unknown\n\n```text\nthe role cannot be assumed");
  });

  it("count drift as failures, and stacks that could not be checked as errors", () => {
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
