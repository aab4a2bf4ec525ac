import { minimalService, stageWith, stageWithRoutes, ingresses } from "../../../fixtures/stage";
import { Synthesized } from "../../../fixtures/synthesized";

const { alb } = ingresses;
const rules = (stack: Synthesized) => stack.all("aws_lb_listener_rule");
const conditions = (...routes: Parameters<typeof stageWithRoutes>[1][]) =>
  Object.values(rules(new Synthesized(stageWithRoutes(alb, ...routes)))).map(({ condition }) => condition);

describe("a service behind an ALB", () => {
  it("has an HTTP target group of IP addresses", () => {
    const stack = new Synthesized(stageWith({ ingress: alb }));
    expect(stack.resource("aws_lb_target_group.ingress_targets_orders")).toMatchObject({
      target_type: "ip",
      protocol: "HTTP",
      port: 8080,
      lifecycle: { create_before_destroy: true },
    });
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
        .filter((id) => id.includes("_targets_orders_"))
        .sort(),
    );
    for (const [id, rule] of Object.entries(alone)) expect(both[id]).toEqual(rule);
  });
});
