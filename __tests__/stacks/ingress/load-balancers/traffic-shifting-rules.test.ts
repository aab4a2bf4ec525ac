import { minimalService, stackWith, ingresses, type WebInput } from "../../../fixtures/stage";

function rulesOf(
  route: NonNullable<WebInput["routes"]>[number] = "/orders/*",
  testHeader?: { name: string; value: string },
) {
  const deployment = { strategy: "blue-green" as const, ...(testHeader && { testHeader }) };
  const services = { orders: { ...minimalService, routes: [route], deployment } };
  const stack = stackWith({ ingress: ingresses.alb, services });
  const rules = Object.entries(stack.all("aws_lb_listener_rule")).filter(([id]) => !id.endsWith("_association"));
  const rule = (isTest: boolean) => rules.find(([id]) => id.endsWith("_test") === isTest)?.[1];
  return { production: rule(false), test: rule(true), rules: rules.map(([id]) => id), stack };
}

const group = "aws_lb_target_group.ingress_public_alb_targets_orders";
const alternate = "aws_lb_target_group.ingress_public_alb_targets_orders_alternate";
const header = (name: string, ...values: string[]) => ({ http_header: { http_header_name: name, values } });

describe("the rules of a service with traffic shifting", () => {
  const { production, test, rules, stack } = rulesOf();

  it("send all requests to the first target group at first", () => {
    expect(production?.action).toEqual([
      {
        type: "forward",
        order: 1,
        forward: {
          target_group: [
            { arn: `\${${group}.arn}`, weight: 100 },
            { arn: `\${${alternate}.arn}`, weight: 0 },
          ],
        },
      },
    ]);
  });

  it("send requests with the test header to the second target group", () => {
    expect(test).toMatchObject({
      action: [{ forward: { target_group: [{ arn: `\${${alternate}.arn}`, weight: 100 }] } }],
      condition: [{ path_pattern: { values: ["/orders", "/orders/*"] } }, header("X-Deployment", "next")],
    });
    expect(rulesOf("/*", { name: "X-Try", value: "me" }).test?.condition).toContainEqual(header("X-Try", "me"));
  });

  it("have the address of the route, and both target groups are equal", () => {
    expect(rules).toEqual([
      "ingress_public_alb_path_orders_wildcard_any",
      "ingress_public_alb_path_orders_wildcard_any_test",
    ]);
    expect(stack.resource(alternate)).toEqual(stack.resource(group));
  });

  it("ignore changes of their actions, and are not replaced with their target groups", () => {
    expect(production?.lifecycle).toEqual({ ignore_changes: ["action"] });
    expect(test?.lifecycle).toEqual({ ignore_changes: ["action"], create_before_destroy: true });
  });

  it("evaluate the test rule first, whatever the route", () => {
    const tenants = ["a", "b", "c", "d", "e", "f", "g", "h"].map((value) => ({
      route: "/*",
      header: { name: "X-Tenant", values: [value] },
    }));
    const hosts = ["a.example.com", "b.example.com"];
    for (const route of ["/*", "GET /orders", { route: "/*", hosts }, { route: "/*", priority: 49001 }, ...tenants]) {
      const { production: productionRule, test: testRule } = rulesOf(route);
      expect(Number(testRule?.priority)).toBeLessThan(Number(productionRule?.priority));
    }
  });

  it("keep the conditions of the route", () => {
    const hosts = ["a.example.com"];
    const both = rulesOf({ route: "/*", hosts, header: { name: "X-Tenant", values: ["one"] } });
    const conditions = [
      { path_pattern: { values: ["/*"] } },
      { host_header: { values: hosts } },
      header("X-Tenant", "one"),
    ];
    expect(both.production?.condition).toEqual(conditions);
    expect(both.test?.condition).toEqual([...conditions, header("X-Deployment", "next")]);
  });
});
