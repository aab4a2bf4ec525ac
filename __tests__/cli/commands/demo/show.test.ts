import { resourceTypes } from "../../../../cli/commands/demo/show";

const resource = (service: string, type: string, name: string) => ({
  service,
  type,
  name,
  region: "us-east-1",
  account: "111122223333",
});

test("resources are grouped by service and type, in alphabetical order", () => {
  const resources = [resource("iam", "Role", "b"), resource("ec2", "VPC", "c"), resource("iam", "Role", "a")];
  expect(resourceTypes(resources)).toEqual([
    { service: "ec2", type: "VPC", names: ["c"] },
    { service: "iam", type: "Role", names: ["b", "a"] },
  ]);
});

test("types of the same name in two services are separate", () => {
  expect(resourceTypes([resource("ecs", "Service", "a"), resource("sd", "Service", "b")])).toHaveLength(2);
});

test("an ARN is shortened to its resource part", () => {
  const arn = "arn:aws:ecs:us-east-1:111122223333:task-definition/items:1";
  expect(resourceTypes([resource("ecs", "Task definition", arn)])[0]?.names).toEqual(["task-definition/items:1"]);
});
