import { ecsServicesOf } from "../../../cli/lib/ecs";
import { minimalService, stageWith } from "../../fixtures/stage";

const stage = stageWith({
  services: {
    orders: { ...minimalService, routes: ["/orders/*"] },
    items: { ...minimalService, routes: ["/items/*"], port: 8081 },
  },
});

test("an ECS service has the names that the stage gives it", () => {
  expect(ecsServicesOf(stage, "items")).toMatchObject([
    {
      stack: "dev01-us-east-1",
      region: "us-east-1",
      cluster: "shop-ecs-cluster-dev01",
      service: "items-ecs-service-dev01",
      logGroup: "/shop/dev01/items",
    },
  ]);
});

test("all ECS services of the stage are returned by default", () => {
  expect(ecsServicesOf(stage).map(({ name }) => name)).toEqual(["orders", "items"]);
});

test("a service that the stage does not have is refused with the list of those that it has", () => {
  expect(() => ecsServicesOf(stage, "order")).toThrow(
    'dev01-us-east-1 has no web service or worker "order"; choose one of orders, items',
  );
});
