import { byType } from "../../../../cli/commands/demo/resource-types";

const resource = (service: string, type: string, name: string) => ({
  service,
  type,
  name,
  region: "us-east-1",
  account: "111122223333",
});

test("resources are counted by service and type, in alphabetical order", () => {
  const resources = [resource("iam", "Role", "b"), resource("ec2", "VPC", "c"), resource("iam", "Role", "a")];
  expect(byType(resources)).toEqual([
    { service: "ec2", type: "VPC", names: ["c"] },
    { service: "iam", type: "Role", names: ["b", "a"] },
  ]);
});

test("a type that two services share is kept apart", () => {
  expect(byType([resource("ecs", "Service", "a"), resource("sd", "Service", "b")])).toHaveLength(2);
});

test("of an ARN, the part that tells resources apart is shown", () => {
  const arn = "arn:aws:ecs:us-east-1:111122223333:task-definition/items:1";
  expect(byType([resource("ecs", "Task definition", arn)])[0]?.names).toEqual(["task-definition/items:1"]);
});
