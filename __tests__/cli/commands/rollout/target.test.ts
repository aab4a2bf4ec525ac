import { chooseTargets } from "../../../../cli/commands/rollout/target";
import { minimalService, stageWith } from "../../../fixtures/stage";

const stage = stageWith({
  services: {
    orders: { ...minimalService, routes: ["/orders/*"] },
    items: { ...minimalService, routes: ["/items/*"], port: 8081 },
  },
});

test("names come from the stage", () => {
  expect(chooseTargets(stage, "items")).toMatchObject([
    {
      stack: "dev01-us-east-1",
      region: "us-east-1",
      cluster: "shop-ecs-cluster-dev01",
      service: "items-ecs-service-dev01",
      logGroup: "/shop/dev01/items",
    },
  ]);
});

test("without a service all of the stage are chosen", () => {
  expect(chooseTargets(stage).map(({ name }) => name)).toEqual(["orders", "items"]);
});

test("a service that the stage does not have is refused with those that it has", () => {
  expect(() => chooseTargets(stage, "order")).toThrow(
    'dev01-us-east-1 has no service "order" that goes on running; choose one of orders, items',
  );
});
