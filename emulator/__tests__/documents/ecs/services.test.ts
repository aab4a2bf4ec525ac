import type { JsonObject } from "../../../wire/json";
import { refusalOf } from "../refusal";

const service = {
  cluster: "shop",
  serviceName: "web",
  taskDefinition: "web:1",
  desiredCount: 2,
  capacityProviderStrategy: [
    { capacityProvider: "FARGATE", base: 1, weight: 1 },
    { capacityProvider: "FARGATE_SPOT", weight: 3 },
  ],
  networkConfiguration: {
    awsvpcConfiguration: { subnets: ["subnet-1", "subnet-2"], securityGroups: ["sg-1"], assignPublicIp: "DISABLED" },
  },
  deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100 },
  loadBalancers: [{ targetGroupArn: "arn", containerName: "web", containerPort: 8080 }],
  healthCheckGracePeriodSeconds: 60,
};

const message = (change: JsonObject, operation = "CreateService") => {
  const refusal = refusalOf("ecs", operation, { ...service, ...change });
  if (refusal) expect(refusal.code).toBe("InvalidParameterException");
  return refusal?.message;
};
const withoutStrategy = { capacityProviderStrategy: undefined };
const subnets = (count: number) => Array.from({ length: count }, (_, index) => `subnet-${index}`);

it("takes a service on Fargate", () => {
  expect(message({})).toBeUndefined();
  expect(message({ ...withoutStrategy, launchType: "FARGATE" })).toBeUndefined();
});

it("refuses a launch type together with a capacity provider strategy", () => {
  const expected =
    "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.";
  expect(message({ launchType: "FARGATE" })).toBe(expected);
  expect(refusalOf("ecs", "RunTask", { ...service, launchType: "FARGATE" })?.message).toBe(expected);
});

it.each([
  [{ maximumPercent: 100, minimumHealthyPercent: 100 }, /cannot be 100 as this will block deployments/],
  [{ maximumPercent: 100, minimumHealthyPercent: 150 }, /maximumPercent must be greater/],
])("refuses deployments with %j", (deploymentConfiguration, expected) => {
  expect(message({ deploymentConfiguration })).toMatch(expected);
  expect(message({ deploymentConfiguration }, "UpdateService")).toMatch(expected);
});

it("takes one percent alone, as the other keeps its value", () => {
  expect(message({ deploymentConfiguration: { maximumPercent: 100 } }, "UpdateService")).toBeUndefined();
  expect(message({ deploymentConfiguration: { minimumHealthyPercent: 100 } }, "UpdateService")).toBeUndefined();
});

it("takes 100 and 100 percent where traffic is shifted, and 100 and 0", () => {
  const all = { maximumPercent: 100, minimumHealthyPercent: 100 };
  expect(message({ deploymentConfiguration: { ...all, strategy: "BLUE_GREEN" } })).toBeUndefined();
  expect(message({ deploymentConfiguration: { ...all, minimumHealthyPercent: 0 } })).toBeUndefined();
  const deploymentController = { type: "CODE_DEPLOY" };
  expect(message({ deploymentConfiguration: all, deploymentController })).toBeUndefined();
});

it("refuses a service on Fargate without a network, but not its update", () => {
  expect(message({ networkConfiguration: undefined })).toBe(
    "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
  );
  expect(message({ networkConfiguration: undefined }, "UpdateService")).toBeUndefined();
});

it.each([
  [{ subnets: [] }, "subnets can not be empty."],
  [{ subnets: subnets(17) }, "subnets can have at most 16 items."],
  [{ subnets: subnets(1), securityGroups: ["1", "2", "3", "4", "5", "6"] }, "securityGroups can have at most 5 items."],
])("refuses the network %j", (awsvpcConfiguration, expected) => {
  expect(message({ networkConfiguration: { awsvpcConfiguration } })).toBe(expected);
});

it.each([
  [{ loadBalancers: [] }, /^Health check grace period is only valid for services/],
  [{ loadBalancers: [...service.loadBalancers, { targetGroupArn: "arn", containerPort: 1 }] }, /^Container name/],
  [{ loadBalancers: [{ targetGroupArn: "arn", containerName: "web" }] }, /^Container port/],
  [{ ...withoutStrategy, schedulingStrategy: "DAEMON" }, /does not support a desired count/],
  [{ schedulingStrategy: "DAEMON", desiredCount: undefined }, /not supported with FARGATE launch type/],
  [
    { ...withoutStrategy, launchType: "FARGATE", schedulingStrategy: "DAEMON" },
    /not supported with FARGATE launch type/,
  ],
  [
    { ...withoutStrategy, launchType: "FARGATE", placementStrategy: [{ type: "random" }] },
    /^Placement strategies are not supported/,
  ],
  [
    {
      ...withoutStrategy,
      launchType: "EC2",
      networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-1"], assignPublicIp: "ENABLED" } },
    },
    /^Assign public IP is not supported/,
  ],
  [
    { ...withoutStrategy, launchType: "FARGATE", placementConstraints: [{ type: "distinctInstance" }] },
    /^Placement constraints are not supported/,
  ],
  [
    {
      capacityProviderStrategy: [
        { capacityProvider: "FARGATE", base: 1 },
        { capacityProvider: "FARGATE_SPOT", base: 1 },
      ],
    },
    /^Only one capacity provider/,
  ],
  [
    { capacityProviderStrategy: [{ capacityProvider: "FARGATE" }, { capacityProvider: "FARGATE_SPOT", weight: 0 }] },
    /^At least one capacity provider/,
  ],
])("refuses a service with %j", (change, expected) => {
  expect(message(change)).toMatch(expected);
});

it("refuses a value of container insights that does not exist", () => {
  const settings = (value: string) => ({ settings: [{ name: "containerInsights", value }] });
  expect(refusalOf("ecs", "CreateCluster", settings("enhanced"))).toBeUndefined();
  expect(refusalOf("ecs", "CreateCluster", settings("on"))?.code).toBe("InvalidParameterException");
});

it.each<[JsonObject, RegExp | undefined]>([
  [{ logging: "OVERRIDE", logConfiguration: { cloudWatchLogGroupName: "exec" } }, undefined],
  [{ logging: "DEFAULT" }, undefined],
  [{ logging: "NONE", logConfiguration: { cloudWatchLogGroupName: "exec" } }, /^You must set logging to 'OVERRIDE'/],
  [{ logging: "OVERRIDE", logConfiguration: {} }, /^You must supply a log configuration/],
])("logs the commands of a cluster with %j as it says", (executeCommandConfiguration, expected) => {
  for (const operation of ["CreateCluster", "UpdateCluster"]) {
    const refusal = refusalOf("ecs", operation, { configuration: { executeCommandConfiguration } });
    expect(refusal?.message ?? "").toMatch(expected ?? /^$/);
  }
});
