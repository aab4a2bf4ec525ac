import { TerraformProgress } from "../../../../cli/commands/demo/terraform";

function after(lines: readonly string[], now = 0): TerraformProgress {
  const progress = new TerraformProgress();
  for (const line of lines) progress.read(line, now);
  return progress;
}

test("the phase before the plan is known", () => {
  expect(after([]).phase).toBe("starting");
  expect(after(["dev02  Initializing the backend..."]).phase).toBe("connecting to the state");
  expect(after(["dev02  Initializing provider plugins..."]).phase).toBe("installing the AWS provider");
  expect(after(["       Terraform has been successfully initialized!"]).phase).toBe("planning");
});

test("the total is known with the plan, and counts every change", () => {
  expect(after(["dev02  Initializing the backend..."]).total).toBeUndefined();
  expect(after(["       Plan: 5 to add, 2 to change, 1 to destroy."]).total).toBe(8);
});

test("a resource is in progress until Terraform reports that it is complete", () => {
  const progress = after(["dev02  aws_vpc.main: Creating...", "       aws_lb.main: Creating..."], 1_000);
  progress.read("dev02  aws_vpc.main: Creation complete after 3s [id=vpc-1]", 4_000);
  progress.read("dev02  aws_lb.main: Still creating... [10s elapsed]", 11_000);
  expect(progress.done).toBe(1);
  expect(progress.active(13_500)).toEqual([{ address: "aws_lb.main", seconds: 12 }]);
});

test.each([
  ["change", ["a.b: Modifying... [id=1]", "a.b: Modifications complete after 1s [id=1]"]],
  ["destruction", ["a.b: Destroying... [id=1]", "a.b: Destruction complete after 1s"]],
])("a %s is counted", (_what, lines) => {
  const progress = after(lines);
  expect([progress.done, progress.active()]).toEqual([1, []]);
});

test("a line that cdktf repeats is counted once", () => {
  const end = "a.b: Creation complete after 1s";
  expect(after(["a.b: Creating...", end, end]).done).toBe(1);
});
