import { relevantOutput } from "../../../cli/lib/tool-error";

test("of Terraform's output, only the errors are shown", () => {
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

test("an error that is printed twice is shown once", () => {
  const box = ["╷", "│ Error: no", "╵"];
  expect(relevantOutput([...box, ...box])).toEqual(["Error: no"]);
});

test("of other output, the last lines are shown", () => {
  const lines = Array.from({ length: 50 }, (_, index) => `line ${index}`);
  expect(relevantOutput([...lines, "", "  "])).toEqual(lines.slice(-15));
});

test("a flood of errors is cut off", () => {
  const boxes = Array.from({ length: 100 }, (_, index) => ["╷", `│ Error: ${index}`, "╵"]).flat();
  expect(relevantOutput(boxes)).toHaveLength(40);
});
