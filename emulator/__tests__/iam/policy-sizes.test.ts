import { policySize, sizeProblem } from "../../iam/policy-sizes";

const ofLength = (length: number) => "x".repeat(length);

describe("the size of a policy", () => {
  it("does not count white space", () => {
    expect(policySize('{\n  "Version": "2012-10-17"\n}')).toBe('{"Version":"2012-10-17"}'.length);
  });

  it.each([
    ["managed", 6144, "Cannot exceed quota for PolicySize: 6144"],
    ["trust", 2048, "Cannot exceed quota for ACLSizePerRole: 2048"],
    ["inlineOfRole", 10240, "Maximum policy size of 10240 bytes exceeded for role app"],
    ["inlineOfUser", 2048, "Maximum policy size of 2048 bytes exceeded for user app"],
    ["inlineOfGroup", 5120, "Maximum policy size of 5120 bytes exceeded for group app"],
  ] as const)("of kind %s is at most %i", (kind, limit, message) => {
    expect(sizeProblem(kind, [ofLength(limit), " \n"], "app")).toBeUndefined();
    expect(sizeProblem(kind, [ofLength(limit + 1)], "app")).toBe(message);
  });

  it("counts all inline policies of a role together", () => {
    expect(sizeProblem("inlineOfRole", [ofLength(10000), ofLength(241)], "app")).toContain("exceeded for role app");
  });
});
