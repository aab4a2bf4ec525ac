import { minimalService, minimalJob, stackOf, stackWith } from "../../fixtures/stage";

const strategyOf = (capacity?: object) =>
  stackOf({ ...(capacity && { capacity }) }).resource("aws_ecs_service.services_orders")?.capacity_provider_strategy;

describe("the capacity of a service", () => {
  it("is on demand by default", () => {
    expect(strategyOf()).toEqual([{ capacity_provider: "FARGATE", base: 0, weight: 1 }]);
  });

  it("can be Spot", () => {
    expect(strategyOf({ mode: "spot" })).toEqual([{ capacity_provider: "FARGATE_SPOT", base: 0, weight: 1 }]);
  });

  it("can be a base on demand and the rest on Spot", () => {
    const mixed = (base: number) => [
      { capacity_provider: "FARGATE", base, weight: 0 },
      { capacity_provider: "FARGATE_SPOT", base: 0, weight: 1 },
    ];
    expect(strategyOf({ mode: "mixed" })).toEqual(mixed(1));
    expect(strategyOf({ mode: "mixed", onDemandBase: 3 })).toEqual(mixed(3));
  });

  it("is changed in place", () => {
    const service = stackOf({ capacity: { mode: "spot" } }).resource("aws_ecs_service.services_orders");
    expect(service).toMatchObject({ force_new_deployment: true });
    expect(service).not.toHaveProperty("launch_type");
  });

  it("applies to a job as well", () => {
    const services = { orders: minimalService, sweep: { ...minimalJob, capacity: { mode: "spot" as const } } };
    const schedule = stackWith({ services }).resource("aws_scheduler_schedule.services_sweep");
    expect(schedule).toMatchObject({
      target: {
        ecs_parameters: { capacity_provider_strategy: [{ capacity_provider: "FARGATE_SPOT", base: 0, weight: 1 }] },
      },
    });
  });

  it("is registered with the cluster before a service starts", () => {
    const stack = stackOf({});
    expect(stack.resource("aws_ecs_cluster_capacity_providers.compute")).toMatchObject({
      cluster_name: "${aws_ecs_cluster.compute.name}",
      capacity_providers: ["FARGATE", "FARGATE_SPOT"],
    });
  });
});
