import type { JsonObject } from "../../../wire/json";
import { refusalOf } from "../refusal";

const invalid = "InvalidParameterException";
const network = { awsvpcConfiguration: { subnets: ["subnet-1"] } };
const codeOf = (operation: string, input: JsonObject) => refusalOf("ecs", operation, input)?.code;
const create = (change: JsonObject) =>
  codeOf("CreateService", { serviceName: "web", taskDefinition: "web", desiredCount: 1, ...change });
const run = (change: JsonObject) => codeOf("RunTask", { taskDefinition: "web", ...change });

it.each(["web", "Web_1-a", "a".repeat(255)])("takes the name %s", (name) => {
  expect(create({ serviceName: name })).toBeUndefined();
  expect(codeOf("CreateCluster", { clusterName: name })).toBeUndefined();
});

it.each(["web app", "web.app", "wäb", "a".repeat(256)])("refuses the name %s", (name) => {
  expect(create({ serviceName: name })).toBe(invalid);
  expect(codeOf("CreateCluster", { clusterName: name })).toBe(invalid);
  const containerDefinitions = [{ name: "app", image: "app", memory: 256 }];
  expect(codeOf("RegisterTaskDefinition", { family: name, containerDefinitions })).toBe("ClientException");
});

it("takes a cluster without a name, but no service without one", () => {
  expect(codeOf("CreateCluster", {})).toBeUndefined();
  expect(create({ serviceName: "" })).toBe(invalid);
});

it("refuses tags that occur twice", () => {
  const tag = (...keys: string[]) => create({ tags: keys.map((key) => ({ key, value: "" })) });
  expect([tag("stage", "name"), tag("stage", "stage")]).toEqual([undefined, invalid]);
});

it.each(["LATEST", "1.4.0", "1.3.0"])("takes the platform version %s", (platformVersion) => {
  expect([create({ platformVersion }), run({ platformVersion })]).toEqual([undefined, undefined]);
});

it("refuses platform versions that do not exist, and those of instances", () => {
  expect(create({ platformVersion: "9.9.9" })).toBe("PlatformUnknownException");
  expect(codeOf("UpdateService", { service: "web", platformVersion: "1.2" })).toBe("PlatformUnknownException");
  expect(create({ platformVersion: "LATEST", launchType: "EC2" })).toBe(invalid);
});

it("starts 1 to 10 standalone tasks, and 0 to 5000 of a service", () => {
  expect([run({ count: 1 }), run({ count: 10 }), run({ count: 11 }), run({ count: 0 })]).toEqual([
    undefined,
    undefined,
    invalid,
    invalid,
  ]);
  const desired = [0, 5000, -1, 5001].map((desiredCount) => create({ desiredCount }));
  expect(desired).toEqual([undefined, undefined, invalid, invalid]);
  expect([run({ startedBy: "a".repeat(128) }), run({ startedBy: "a".repeat(129) })]).toEqual([undefined, invalid]);
});

it("needs a network for tasks on Fargate", () => {
  expect(run({ launchType: "FARGATE" })).toBe(invalid);
  expect(run({ launchType: "FARGATE", networkConfiguration: network })).toBeUndefined();
});

it("refuses a role of a service with its own network", () => {
  expect(create({ role: "ecs", networkConfiguration: network })).toBe(invalid);
  expect(create({ role: "ecs" })).toBeUndefined();
});

it("takes at most 5 load balancers, each with a target", () => {
  const balanced = (count: number, change: JsonObject = {}) =>
    create({
      loadBalancers: Array(count).fill({ targetGroupArn: "arn", containerName: "web", containerPort: 80, ...change }),
    });
  expect([balanced(5), balanced(6), balanced(1, { targetGroupArn: undefined })]).toEqual([undefined, invalid, invalid]);
});

it("takes a default strategy of the cluster's capacity providers with one base", () => {
  const put = (capacityProviders: string[], ...bases: number[]) =>
    codeOf("PutClusterCapacityProviders", {
      cluster: "shop",
      capacityProviders,
      defaultCapacityProviderStrategy: bases.map((base, index) => ({
        capacityProvider: index === 0 ? "FARGATE" : "FARGATE_SPOT",
        base,
        weight: 1,
      })),
    });
  const both = ["FARGATE", "FARGATE_SPOT"];
  expect([put(both, 1, 0), put(both)]).toEqual([undefined, undefined]);
  expect([put(both, 1, 1), put(["FARGATE"], 1, 0)]).toEqual([invalid, invalid]);
});

it("takes one service registry of Cloud Map", () => {
  const registryArn = "arn:aws:servicediscovery:us-east-1:111122223333:service/srv-1";
  const register = (...serviceRegistries: JsonObject[]) => create({ serviceRegistries });
  expect(register({ registryArn, containerName: "web", containerPort: 80 })).toBeUndefined();
  expect(register({ registryArn }, { registryArn })).toBe(invalid);
  expect(register({ registryArn: "web" })).toBe(invalid);
  expect(register({ registryArn, port: 80, containerName: "web", containerPort: 80 })).toBe(invalid);
});

it("counts with the percents that a new service leaves out", () => {
  const deploy = (deploymentConfiguration: JsonObject) => create({ deploymentConfiguration });
  expect([deploy({ minimumHealthyPercent: 50 }), deploy({ maximumPercent: 150 })]).toEqual([undefined, undefined]);
  expect([deploy({ maximumPercent: 100 }), deploy({ maximumPercent: 99 })]).toEqual([invalid, invalid]);
  expect([deploy({ minimumHealthyPercent: 201 }), deploy({ minimumHealthyPercent: -1 })]).toEqual([invalid, invalid]);
  expect(deploy({ maximumPercent: 0, minimumHealthyPercent: 0 })).toBe(invalid);
});
