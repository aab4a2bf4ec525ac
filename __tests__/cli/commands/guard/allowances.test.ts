import { allowanceOf, allowancesFor, allowancesOf } from "../../../../cli/commands/guard/allowances";

describe("an allowance", () => {
  it.each([
    ["aws_kms_key.data_key", { address: "aws_kms_key.data_key" }],
    ["dev02-us-east-1:aws_kms_key.data_key", { stack: "dev02-us-east-1", address: "aws_kms_key.data_key" }],
    ['aws_kms_key.data["a:b"]', { address: 'aws_kms_key.data["a:b"]' }],
    ['dev02-us-east-1:aws_kms_key.data["a:b"]', { stack: "dev02-us-east-1", address: 'aws_kms_key.data["a:b"]' }],
    ["module.a.aws_kms_key.b", { address: "module.a.aws_kms_key.b" }],
  ])("is read: %s", (text, allowance) => {
    expect(allowanceOf(text)).toEqual(allowance);
  });

  it("of a variable for all stacks must name its stack", () => {
    const named = "dev02-us-east-1:aws_kms_key.a";
    expect(allowancesOf([named], "ALLOW_LOSS_OF")).toEqual([{ stack: "dev02-us-east-1", address: "aws_kms_key.a" }]);
    expect(() => allowancesOf([named, "aws_kms_key.b"], "ALLOW_LOSS_OF")).toThrow(
      "ALLOW_LOSS_OF applies to the plans of all stacks, and aws_kms_key.b names none; write <stack>:<address>",
    );
  });

  it("of another stack is left out", () => {
    const allowances = ["dev02-us-east-1:aws_kms_key.a", "prod01-us-east-1:aws_kms_key.b", "aws_kms_key.c"].map(
      allowanceOf,
    );
    expect(allowancesFor(allowances, "dev02-us-east-1").map(({ address }) => address)).toEqual([
      "aws_kms_key.a",
      "aws_kms_key.c",
    ]);
  });
});
