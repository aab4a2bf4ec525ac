import { serviceOutages } from "../../../../../cli/commands/guard/availability/services";
import { created, deleted, planWith, updated, type Change } from "../plan-of";

const address = "aws_ecs_service.services_orders";

/** A service with a container port, and other values. */
const service = (port: number, values: Readonly<Record<string, unknown>> = {}) => ({
  name: "orders",
  desired_count: 2,
  load_balancer: [{ container_port: port, target_group_arn: "arn:orders" }],
  wait_for_steady_state: false,
  network_configuration: [{ security_groups: ["sg-orders"] }],
  ...values,
});
const outages = (changes: Readonly<Record<string, Change>>) => serviceOutages(planWith(changes));
const steady = { wait_for_steady_state: true };

describe("a service with another container port", () => {
  it("is not available until the new tasks are healthy, when the apply does not wait for them", () => {
    expect(outages({ [address]: updated(service(3000), service(8080)) })).toEqual([
      {
        name: address,
        what: "the service orders",
        from: "the update of the service",
        until: "tasks that listen on port 8080 are healthy",
        minutes: 5,
        reason: "its container port changes from 3000 to 8080 without wait_for_steady_state",
      },
    ]);
  });

  const rule = "aws_vpc_security_group_ingress_rule.services_orders_from_load_balancer";
  const closes = (security_group_id: string) =>
    updated({ security_group_id, from_port: 3000 }, { security_group_id, from_port: 8080 });

  it("is not available from the change of the rule that closes the old port", () => {
    const from = `the change of ${rule}, which closes port 3000 to the running tasks`;
    const changed = updated(service(3000), service(8080));
    expect(outages({ [rule]: closes("sg-orders"), [address]: changed })).toMatchObject([{ from }]);
    expect(outages({ [rule]: closes("sg-users"), [address]: changed })).toMatchObject([
      { from: "the update of the service" },
    ]);
  });

  it("keeps serving with wait_for_steady_state, when the rule of the old port is another one", () => {
    const changed = updated(service(3000, steady), service(8080, steady));
    expect(outages({ [address]: changed })).toEqual([]);
    const old = deleted({ referenced_security_group_id: "sg-orders", from_port: 3000 });
    expect(outages({ [address]: changed, "aws_vpc_security_group_egress_rule.old": old })).toEqual([]);
  });

  it("is not available when the rule changes in place, with wait_for_steady_state, too", () => {
    const changed = updated(service(3000, steady), service(8080, steady));
    expect(outages({ [rule]: closes("sg-orders"), [address]: changed })).toMatchObject([
      { reason: "its container port changes from 3000 to 8080" },
    ]);
  });

  it("keeps serving on a port that stays, beside another target group", () => {
    const two = service(3000, {
      load_balancer: [3000, 3000].map((container_port) => ({ container_port })),
    });
    expect(outages({ [address]: updated(service(3000), two) })).toEqual([]);
  });
});

describe("a new service", () => {
  const rule = "aws_lb_listener_rule.ingress_path_orders_any";
  const moved = updated(
    { action: [{ target_group_arn: "arn:old" }] },
    { action: [{}] },
    { action: [{ target_group_arn: true }] },
  );

  it("that takes over routes without wait_for_steady_state is not available at first", () => {
    expect(outages({ [rule]: moved, "aws_ecs_service.services_purchases": created(service(3000)) })).toMatchObject([
      {
        name: "aws_ecs_service.services_purchases",
        from: `the update of ${rule}, which names the target group of the new service`,
      },
    ]);
  });

  it.each<[string, Readonly<Record<string, Change>>]>([
    ["waits until it is steady", { [rule]: moved, [address]: created(service(3000, steady)) }],
    ["takes over no route", { [address]: created(service(3000)) }],
    ["has no load balancer", { [rule]: moved, [address]: created(service(3000, { load_balancer: [] })) }],
  ])("interrupts nothing when it %s", (_, changes) => {
    expect(outages(changes)).toEqual([]);
  });
});

describe("a deployment", () => {
  const none = { deployment_minimum_healthy_percent: 0, task_definition: "orders:1" };

  it("interrupts the service when its old tasks stop first", () => {
    const change = updated(service(3000, none), service(3000, none), { task_definition: true });
    expect(outages({ [address]: change })).toMatchObject([
      { reason: "its deployment_minimum_healthy_percent is 0", minutes: 3 },
    ]);
  });

  it("interrupts nothing otherwise", () => {
    const rolling = { ...none, deployment_minimum_healthy_percent: 100 };
    const change = updated(service(3000, rolling), service(3000, rolling), { task_definition: true });
    expect(outages({ [address]: change })).toEqual([]);
  });

  it("interrupts nothing when no task is replaced", () => {
    expect(outages({ [address]: updated(service(3000, none), service(3000, { ...none, tags: { a: "b" } })) })).toEqual(
      [],
    );
  });
});

it("a service without tasks is not available", () => {
  expect(outages({ [address]: updated(service(3000), service(3000, { desired_count: 0 })) })).toMatchObject([
    { what: "the service orders", reason: "its desired_count becomes 0" },
  ]);
});
