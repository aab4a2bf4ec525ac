import { minimalService, stageWith, stageWithRoutes, ingresses } from "../../../fixtures/stage";
import { Synthesized } from "../../../fixtures/synthesized";

const { alb } = ingresses;
const rules = (stack: Synthesized) => stack.all("aws_lb_listener_rule");
const conditions = (...routes: Parameters<typeof stageWithRoutes>[1][]) =>
  Object.values(rules(new Synthesized(stageWithRoutes(alb, ...routes)))).map(({ condition }) => condition);

describe("a service's place behind an ALB", () => {
  it("is a target group of IPs that speaks HTTP", () => {
    const stack = new Synthesized(stageWith({ ingress: alb }));
    expect(stack.resource("aws_lb_target_group.ingress_targets_orders")).toMatchObject({
      target_type: "ip",
      protocol: "HTTP",
      port: 8080,
      lifecycle: { create_before_destroy: true },
    });
  });

  it("is a rule for each route, in the ALB's own wildcards", () => {
    expect(conditions("GET /test/{test_id}")).toEqual([
      [{ path_pattern: { values: ["/test/*"] } }, { http_request_method: { values: ["GET"] } }],
    ]);
    expect(conditions("/test1/*")).toEqual([[{ path_pattern: { values: ["/test1", "/test1/*"] } }]]);
    expect(conditions("/*")).toEqual([[{ path_pattern: { values: ["/*"] } }]]);
  });

  it("can ask for hosts and a header", () => {
    const header = { name: "X-Tenant", values: ["one", "two"] };
    expect(conditions({ route: "/*", hosts: ["a.example.com"], header })).toEqual([
      [
        { path_pattern: { values: ["/*"] } },
        { host_header: { values: ["a.example.com"] } },
        { http_header: { http_header_name: "X-Tenant", values: ["one", "two"] } },
      ],
    ]);
  });

  it("keeps the rules of the others as they are when a service comes or goes", () => {
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
