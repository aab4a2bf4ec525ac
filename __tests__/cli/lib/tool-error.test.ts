import { relevantOutput } from "../../../cli/lib/tool-error";

test("the relevant output of Terraform is its errors, without warnings", () => {
  const output = [
    "dev02  aws_vpc.main: Creating...",
    "       ╷",
    "       │ Warning: Deprecated attribute",
    "       ╵",
    "       ╷",
    "       │ Error: creating EC2 VPC: limit exceeded",
    "       │",
    "       │   with aws_vpc.main,",
    "       ╵",
    "       terraform apply failed with exit code 1",
  ];
  expect(relevantOutput(output)).toEqual(["Error: creating EC2 VPC: limit exceeded", "  with aws_vpc.main,"]);
});

test("a repeated error is relevant once", () => {
  const box = ["╷", "│ Error: no", "╵"];
  expect(relevantOutput([...box, ...box])).toEqual(["Error: no"]);
});

test("the relevant output of other programs is the last 15 lines", () => {
  const lines = Array.from({ length: 50 }, (_, index) => `line ${index}`);
  expect(relevantOutput([...lines, "", "  "])).toEqual(lines.slice(-15));
});

test("the relevant output has at most 40 lines", () => {
  const boxes = Array.from({ length: 100 }, (_, index) => ["╷", `│ Error: ${index}`, "╵"]).flat();
  expect(relevantOutput(boxes)).toHaveLength(40);
});

test("a line that only shows that cdktf is at work is not relevant", () => {
  expect(relevantOutput(["⠇  Synthesizing", "ERROR: no", "⠋  Synthesizing"])).toEqual(["ERROR: no"]);
});

test("the errors of a synthesis are relevant once, without what cdktf prints around them", () => {
  const output = [
    "[2026-11-27T23:47:50.545] [ERROR] default - 1 problem in the configuration",
    "",
    "config/dev/dev02/us-east-1-dev02.ts",
    "  region: is missing",
    "Synth command: node cli/run.mjs main.ts",
    "Error:         non-zero exit code 1",
    "",
    "Command output on stderr:",
    "",
    "    1 problem in the configuration",
    "",
    "    config/dev/dev02/us-east-1-dev02.ts",
    "      region: is missing",
    "",
  ];
  expect(relevantOutput(output)).toEqual([
    "1 problem in the configuration",
    "config/dev/dev02/us-east-1-dev02.ts",
    "  region: is missing",
  ]);
});
