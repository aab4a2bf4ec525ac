import { minimalService, stageWith, stageWithRoutes, ingresses, type WebInput } from "../../../fixtures/stage";
import { Synthesized } from "../../../fixtures/synthesized";

const { alb } = ingresses;
const group = "aws_lb_target_group.ingress_public_alb_targets_orders";
const stage = (services: Readonly<Record<string, Partial<WebInput>>>) => {
  const all = Object.entries(services).map(([name, service]) => [name, { ...minimalService, ...service }] as const);
  return stageWith({ ingress: alb, services: Object.fromEntries(all) });
};
const rules = (stack: Synthesized) => {
  const all = Object.entries(stack.all("aws_lb_listener_rule"));
  return Object.fromEntries(all.filter(([id]) => !id.endsWith("_association")));
};
const conditions = (...routes: Parameters<typeof stageWithRoutes>[1][]) =>
  Object.values(rules(new Synthesized(stageWithRoutes(alb, ...routes)))).map(({ condition }) => condition);

describe("a service behind an ALB", () => {
  it("has an HTTP target group of IP addresses", () => {
    const stack = new Synthesized(stageWith({ ingress: alb }));
    expect(stack.resource(group)).toMatchObject({
      target_type: "ip",
      protocol: "HTTP",
      lifecycle: { create_before_destroy: true },
    });
  });

  it("keeps its target group when its port and its health check change", () => {
    const groupOf = (service: object) => new Synthesized(stage({ orders: service })).resource(group);
    const healthCheck = { ...minimalService.healthCheck, target: { path: "/ready" } };
    const [before, after] = [groupOf({}), groupOf({ port: 9090, healthCheck })];
    expect(before).toMatchObject({ port: 80, health_check: { port: "traffic-port" } });
    expect(after).toMatchObject({ port: 80, health_check: { port: "traffic-port", path: "/ready" } });
  });

  it("has a rule for each route, with the ALB's wildcards", () => {
    expect(conditions("GET /test/{test_id}")).toEqual([
      [{ path_pattern: { values: ["/test/*"] } }, { http_request_method: { values: ["GET"] } }],
    ]);
    expect(conditions("/test1/*")).toEqual([[{ path_pattern: { values: ["/test1", "/test1/*"] } }]]);
    expect(conditions("/*")).toEqual([[{ path_pattern: { values: ["/*"] } }]]);
  });

  it("can require hosts and a header", () => {
    const header = { name: "X-Tenant", values: ["one", "two"] };
    expect(conditions({ route: "/*", hosts: ["a.example.com"], header })).toEqual([
      [
        { path_pattern: { values: ["/*"] } },
        { host_header: { values: ["a.example.com"] } },
        { http_header: { http_header_name: "X-Tenant", values: ["one", "two"] } },
      ],
    ]);
  });

  it("keeps the rules of other services when a service is added or removed", () => {
    const orders = { ...minimalService, routes: ["/orders/*", "GET /archive/{order_id}/lines"] };
    const users = { ...minimalService, routes: ["/users/*", "/orders/special"] };
    const alone = rules(new Synthesized(stageWith({ ingress: alb, services: { orders } })));
    const both = rules(new Synthesized(stageWith({ ingress: alb, services: { users, orders } })));
    expect(Object.keys(alone).sort()).toEqual(
      Object.keys(both)
        .filter((id) => /_(orders|archive)_wildcard/.test(id))
        .sort(),
    );
    for (const [id, rule] of Object.entries(alone)) expect(both[id]).toEqual(rule);
  });
});

describe("the rule of a route", () => {
  const ruleOf = (services: Parameters<typeof stage>[0]) => rules(new Synthesized(stage(services)));
  const forwardsTo = (services: Parameters<typeof stage>[0], id: string) =>
    JSON.stringify(ruleOf(services)[id]?.action).match(/aws_lb_target_group\.\w+/g);
  const orders = "ingress_public_alb_path_orders_wildcard_any";
  const targets = "aws_lb_target_group.ingress_public_alb_targets";

  it("keeps its address when its service has another name", () => {
    expect(forwardsTo({ orders: { routes: ["/orders/*"] } }, orders)).toEqual([`${targets}_orders`]);
    expect(forwardsTo({ shop: { routes: ["/orders/*"] } }, orders)).toEqual([`${targets}_shop`]);
  });

  it("keeps its address when two services exchange their routes", () => {
    const before = { a: { routes: ["/orders/*"] }, b: { routes: ["/users/*"] } };
    const after = { a: before.b, b: before.a };
    expect(Object.keys(ruleOf(after)).sort()).toEqual(Object.keys(ruleOf(before)).sort());
    expect(forwardsTo(before, orders)).toEqual([`${targets}_a`]);
    expect(forwardsTo(after, orders)).toEqual([`${targets}_b`]);
  });

  it.each(["blue-green", "canary", "linear"] as const)("keeps its address with the strategy %s", (strategy) => {
    const of = (deployment?: WebInput["deployment"]) =>
      ruleOf({ orders: { routes: ["/orders/*"], deployment } })[orders];
    expect(of({ strategy })).toMatchObject({ condition: of()?.condition, priority: of()?.priority });
    expect(of({ strategy })).not.toHaveProperty("depends_on");
    expect(of()).not.toHaveProperty("lifecycle");
  });

  it.each([
    ["another name of a parameter", "GET /orders/{order_id}/lines", "GET /orders/{id}/lines"],
    ["a parameter in place of everything below", "/orders/*", "/orders/{id}"],
  ])("keeps its address with %s", (_, before, after) => {
    const ids = (route: string) => Object.keys(ruleOf({ orders: { routes: [route] } }));
    expect(ids(after)).toEqual(ids(before));
  });

  it("has an address of its own for each set of hosts and headers, in whatever order they are written", () => {
    const header = (...values: string[]) => ({ name: "X-Tenant", values });
    const idOf = (route: object) => Object.keys(ruleOf({ orders: { routes: [{ route: "/*", ...route }] } }))[0];
    expect(idOf({ hosts: ["a.example.com"] })).not.toBe(idOf({ hosts: ["b.example.com"] }));
    expect(idOf({ header: header("a") })).not.toBe(idOf({ header: header("b") }));
    expect(idOf({ hosts: ["a.example.com", "b.example.com"], header: header("a", "b") })).toBe(
      idOf({ hosts: ["b.example.com", "a.example.com"], header: { name: "x-tenant", values: ["b", "a"] } }),
    );
  });

  it("leads to a service only after the service, without replacing the service before what it uses", () => {
    const rule = ruleOf({ orders: {} }).ingress_public_alb_wildcard_any;
    expect(rule?.depends_on).toEqual(["aws_ecs_service.services_orders"]);
    expect(new Synthesized(stage({ orders: {} })).resource("aws_ecs_service.services_orders")).not.toHaveProperty(
      "lifecycle",
    );
  });
});

describe("the rule that associates a target group with the ALB", () => {
  const stack = new Synthesized(stage({ orders: {} }));
  const association = "aws_lb_listener_rule.ingress_public_alb_targets_orders_association";

  it("matches no request, whatever its host and headers are", () => {
    expect(stack.resource(association)).toMatchObject({
      condition: [{ source_ip: { values: ["255.255.255.255/32"] } }],
      action: [{ type: "forward", target_group_arn: `\${${group}.arn}` }],
      lifecycle: { create_before_destroy: true },
    });
  });

  it("exists before the service, which no route leads to yet", () => {
    const { depends_on } = stack.resource("aws_ecs_service.services_orders") ?? {};
    expect(depends_on).toContain(association);
    expect(depends_on).not.toContain("aws_lb_listener_rule.ingress_public_alb_wildcard_any");
  });

  it("stays with every strategy", () => {
    const deployment = { strategy: "canary" as const };
    const shifting = new Synthesized(stage({ orders: { deployment } }));
    expect(shifting.resource(association)).toEqual(stack.resource(association));
  });
});
