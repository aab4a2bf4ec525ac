import { minimalService, minimalWorker, stackOf, stackWith, ingresses } from "../../../fixtures/stage";

const stackWithDeployment = (deployment?: object) =>
  stackOf({ ...(deployment && { deployment }) }, { ingress: ingresses.alb });
const serviceOf = (deployment?: object) => stackWithDeployment(deployment).resource("aws_ecs_service.services_orders");
const providersOf = (deployment: object) => stackWithDeployment(deployment).json.terraform;

describe("the replacement of tasks", () => {
  it("is rolled back by the circuit breaker, without Terraform waiting, for every strategy", () => {
    for (const strategy of ["rolling", "blue-green", "canary", "linear"]) {
      expect(serviceOf({ strategy })).toMatchObject({
        deployment_circuit_breaker: { enable: true, rollback: true },
        wait_for_steady_state: false,
      });
    }
    expect(serviceOf({ strategy: "canary", waitForSteadyState: true })).toMatchObject({ wait_for_steady_state: true });
  });

  it("is rolling by default, never below the wanted number of tasks", () => {
    expect(serviceOf()).toMatchObject({
      deployment_minimum_healthy_percent: 100,
      deployment_maximum_percent: 200,
      availability_zone_rebalancing: "DISABLED",
    });
    expect(serviceOf()).not.toHaveProperty("deployment_configuration");
  });

  it("can allow fewer healthy tasks, smaller steps and zone rebalancing", () => {
    const deployment = {
      strategy: "rolling" as const,
      minimumHealthyPercent: 50,
      maximumPercent: 150,
      availabilityZoneRebalancing: true,
    };
    const rolled = {
      deployment_minimum_healthy_percent: 50,
      deployment_maximum_percent: 150,
      availability_zone_rebalancing: "ENABLED",
    };
    expect(serviceOf(deployment)).toMatchObject(rolled);
    const services = { orders: minimalService, mail: { ...minimalWorker, deployment } };
    expect(stackWith({ services }).resource("aws_ecs_service.services_mail")).toMatchObject(rolled);
  });

  // The numbers of minutes are text to the provider.
  it.each([
    ["blue-green", {}, { strategy: "BLUE_GREEN", bake_time_in_minutes: "10" }],
    ["blue-green", { bakeTimeMinutes: 0 }, { strategy: "BLUE_GREEN", bake_time_in_minutes: "0" }],
    [
      "canary",
      {},
      {
        strategy: "CANARY",
        bake_time_in_minutes: "10",
        canary_configuration: { canary_percent: 5, canary_bake_time_in_minutes: "10" },
      },
    ],
    [
      "canary",
      { bakeTimeMinutes: 5, canaryPercent: 20, canaryBakeTimeMinutes: 30 },
      {
        strategy: "CANARY",
        bake_time_in_minutes: "5",
        canary_configuration: { canary_percent: 20, canary_bake_time_in_minutes: "30" },
      },
    ],
    [
      "linear",
      {},
      {
        strategy: "LINEAR",
        bake_time_in_minutes: "10",
        linear_configuration: { step_percent: 10, step_bake_time_in_minutes: "6" },
      },
    ],
    [
      "linear",
      { stepPercent: 25, stepBakeTimeMinutes: 1 },
      {
        strategy: "LINEAR",
        bake_time_in_minutes: "10",
        linear_configuration: { step_percent: 25, step_bake_time_in_minutes: "1" },
      },
    ],
  ])("is configured as %s with %j", (strategy, fields, configuration) => {
    const service = serviceOf({ strategy, ...fields });
    expect(service?.deployment_configuration).toEqual(configuration);
    // All old tasks stay until the new ones have all the requests.
    expect(service).toMatchObject({ deployment_minimum_healthy_percent: 100, deployment_maximum_percent: 200 });
    expect(service).not.toHaveProperty("availability_zone_rebalancing");
  });

  it("requires a newer release of the AWS provider only where traffic is shifted", () => {
    const release = (version: string) => ({ required_providers: { aws: { version } } });
    expect(providersOf({ strategy: "rolling" })).toMatchObject(release("5.100.0"));
    for (const strategy of ["blue-green", "canary", "linear"]) {
      expect(providersOf({ strategy })).toMatchObject(release("6.25.0"));
    }
  });
});
