import { availabilityForecast } from "../../../../../cli/commands/guard/availability/availability";
import { interruptions } from "../../../../../cli/commands/guard/availability/removals";
import { created, createFirst, deleted, deleteFirst, planWith, unchanged, updated, type Change } from "../plan-of";

type Values = Readonly<Record<string, unknown>>;

function outages(changes: Readonly<Record<string, Change>>) {
  return availabilityForecast(planWith(changes));
}

/** The names of resources whose removal is an outage. */
const names = (changes: Readonly<Record<string, Change>>) => outages(changes).map(({ name }) => name);

describe("a resource that is deleted before its replacement is created", () => {
  it.each(Object.entries(interruptions))(
    "is an outage with its end, in which something is not available: %s",
    (type, entry) => {
      const address = `${type}.one`;
      const [outage, ...others] = outages({ [address]: deleteFirst() });
      expect(others).toEqual([]);
      expect(outage).toMatchObject({
        name: address,
        from: `the deletion of the old ${entry.thing}`,
        until: entry.until,
        reason: "it cannot change name in place, and is deleted first",
      });
      expect(outage?.minutes).toBe(entry.minutes);
    },
  );

  it.each<[string, Values, string]>([
    ["aws_lb.one", { internal: true }, "all routes behind the internal load balancer"],
    ["aws_lb.one", { internal: false }, "all routes of the load balancer"],
    ["aws_lb_listener.one", { port: 443 }, "all routes on port 443 of the load balancer"],
    [
      "aws_lb_listener_rule.one",
      {
        condition: [
          { path_pattern: [{ values: ["/orders", "/orders/*"] }] },
          { http_request_method: [{ values: ["GET"] }] },
        ],
      },
      "the route GET /orders, /orders/*",
    ],
    ["aws_apigatewayv2_route.one", { route_key: "GET /orders" }, "the route GET /orders"],
    ["aws_api_gateway_resource.one", { path: "/orders" }, "the routes of the path /orders"],
    ["aws_route53_record.one", { name: "api.example.com", type: "A" }, "the name api.example.com (A)"],
    ["aws_apigatewayv2_domain_name.one", { domain_name: "api.example.com" }, "the name api.example.com"],
    [
      "aws_vpc_endpoint.one",
      { service_name: "com.amazonaws.us-east-1.sqs" },
      "egress: calls of running tasks to com.amazonaws.us-east-1.sqs, unless another path exists",
    ],
    ["aws_route.one", { destination_cidr_block: "0.0.0.0/0" }, "egress: connections of running tasks to 0.0.0.0/0"],
    ["aws_nat_gateway.one", {}, "egress: connections of running tasks to the internet and to AWS"],
    ["aws_ecs_service.one", { name: "orders-ecs-service-dev02" }, "the service orders-ecs-service-dev02"],
  ])("names what is not available: %s %j", (address, before, what) => {
    expect(outages({ [address]: deleteFirst(before) })).toMatchObject([{ what }]);
  });

  it("names the path of a method of a REST API, which has only its ID", () => {
    const path = { "aws_api_gateway_resource.orders": updated({ id: "r1", path: "/orders" }, {}) };
    const method = { "aws_api_gateway_method.orders": deleteFirst({ resource_id: "r1", http_method: "GET" }) };
    expect(outages({ ...path, ...method })).toMatchObject([{ what: "the route GET /orders" }]);
  });
});

describe("the routes to a target group", () => {
  const forward = (arn: string, path: string) =>
    unchanged({ action: [{ target_group_arn: arn }], condition: [{ path_pattern: [{ values: [path] }] }] });
  const rules = {
    "aws_lb_listener_rule.a": forward("arn:orders", "/orders"),
    "aws_lb_listener_rule.b": forward("arn:orders", "/carts"),
    "aws_lb_listener_rule.c": forward("arn:users", "/users"),
  };

  it.each<[string, Values, string]>([
    ["aws_lb_target_group.one", { arn: "arn:orders" }, "the routes /orders; /carts"],
    ["aws_lb_target_group.one", { arn: "arn:users" }, "the route /users"],
    [
      "aws_ecs_service.one",
      { name: "orders", load_balancer: [{ target_group_arn: "arn:orders" }] },
      "the service orders, with the routes /orders; /carts",
    ],
  ])("are named: %s %j", (address, before, what) => {
    expect(outages({ ...rules, [address]: deleteFirst(before) })).toMatchObject([{ what }]);
  });
});

describe("a resource whose replacement is created first", () => {
  it.each(Object.entries(interruptions))(
    "is an outage only where clients must be moved: %s",
    (type, { createFirst: moved }) => {
      expect(outages({ [`${type}.one`]: createFirst() })).toMatchObject(moved === undefined ? [] : [moved]);
    },
  );

  it("has a shorter outage than one that is deleted first", () => {
    const [first] = outages({ "aws_lb.one": createFirst() });
    const [second] = outages({ "aws_lb.one": deleteFirst() });
    expect(first?.minutes).toBeLessThan(second?.minutes ?? 0);
  });
});

describe("a resource that is updated in place", () => {
  it.each(["aws_lb.one", "aws_lb_listener_rule.one", "aws_apigatewayv2_route.one", "aws_route53_record.one"])(
    "keeps serving: %s",
    (address) => {
      expect(outages({ [address]: updated({ tags: {} }, { tags: { team: "a" } }) })).toEqual([]);
    },
  );
});

describe("a resource that is deleted without replacement", () => {
  it("ends what it served permanently", () => {
    expect(outages({ "aws_lb_listener_rule.one": deleted() })).toEqual([
      {
        name: "aws_lb_listener_rule.one",
        what: "the route of the rule",
        from: "the deletion of the listener rule",
        reason: "it is no longer in the stack",
      },
    ]);
  });

  it.each(Object.entries(interruptions).filter(([, { whenDeleted }]) => whenDeleted === false))(
    "is not an outage when it is a part of what else is removed: %s",
    (type) => {
      expect(outages({ [`${type}.one`]: deleted() })).toEqual([]);
    },
  );

  it.each<[string, Change, Change]>([
    [
      "aws_lb_listener_rule",
      deleted({ listener_arn: "l", condition: [{ path_pattern: [{ values: ["/a"] }], host_header: [] }] }),
      created({ listener_arn: "l", condition: [{ path_pattern: [{ values: ["/a"] }], host_header: [] }] }),
    ],
    [
      "aws_apigatewayv2_route",
      deleted({ api_id: "a", route_key: "GET /a" }),
      created({ api_id: "a", route_key: "GET /a" }),
    ],
    ["aws_ecs_service", deleted({ cluster: "c", name: "a" }), created({ cluster: "c", name: "a" })],
    [
      "aws_route53_record",
      deleted({ zone_id: "Z", name: "a.example.com", type: "A" }),
      created({ zone_id: "Z", name: "a.example.com", type: "A" }),
    ],
  ])("races with a new one of the same key at another address: %s", (type, before, after) => {
    const [outage] = outages({ [`${type}.old`]: before, [`${type}.new`]: after });
    expect(outage).toMatchObject({
      until: interruptions[type]?.until,
      reason: `${type}.new has the same key, and no order to it`,
    });
  });

  it("races with a domain name of the other kind of API", () => {
    const name = { domain_name: "api.example.com" };
    const changes = {
      "aws_api_gateway_domain_name.one": deleted(name),
      "aws_apigatewayv2_domain_name.one": created(name),
    };
    expect(outages(changes)).toMatchObject([
      { reason: expect.stringContaining("aws_apigatewayv2_domain_name.one has the same key") as string },
    ]);
  });

  it("does not race with one of another key", () => {
    const [old, other] = ["GET /a", "GET /b"].map((route_key) => ({ api_id: "a", route_key }));
    const changes = { "aws_apigatewayv2_route.old": deleted(old), "aws_apigatewayv2_route.new": created(other) };
    expect(outages(changes)).toMatchObject([{ reason: "it is no longer in the stack" }]);
  });

  it("is followed by the new kind of ingress", () => {
    const changes = {
      "aws_lb.ingress_alb": deleted({ internal: false }),
      "aws_apigatewayv2_api.ingress": created(),
      "aws_lb.ingress_internal": created(),
    };
    expect(outages(changes)).toMatchObject([
      { name: "aws_lb.ingress_alb", until: "aws_apigatewayv2_api.ingress serves, and clients or records name it" },
    ]);
  });
});

describe("a part of a removed resource", () => {
  it.each<[string, string, Values, Values]>([
    ["aws_lb_listener", "aws_lb", { load_balancer_arn: "x" }, { arn: "x" }],
    ["aws_lb_listener_rule", "aws_lb_listener", { listener_arn: "x" }, { arn: "x" }],
    ["aws_lb_target_group", "aws_lb", { load_balancer_arns: ["x"] }, { arn: "x" }],
    ["aws_apigatewayv2_route", "aws_apigatewayv2_api", { api_id: "x" }, { id: "x" }],
    ["aws_api_gateway_method", "aws_api_gateway_rest_api", { rest_api_id: "x" }, { id: "x" }],
    ["aws_api_gateway_base_path_mapping", "aws_api_gateway_domain_name", { domain_name: "x" }, { domain_name: "x" }],
    ["aws_route", "aws_route_table", { route_table_id: "x" }, { id: "x" }],
    ["aws_ecs_service", "aws_ecs_cluster", { cluster: "x" }, { arn: "x" }],
  ])("is not reported beside it: %s of %s", (part, whole, ofPart, ofWhole) => {
    expect(names({ [`${part}.one`]: deleteFirst(ofPart), [`${whole}.one`]: deleteFirst(ofWhole) })).toEqual([
      `${whole}.one`,
    ]);
    expect(names({ [`${part}.one`]: deleteFirst(ofPart), [`${whole}.one`]: updated(ofWhole, ofWhole) })).toEqual([
      `${part}.one`,
    ]);
  });

  it("is not reported when an OpenAPI document of its API replaces it", () => {
    const method = { "aws_api_gateway_method.one": deleted({ rest_api_id: "x" }) };
    const document = JSON.stringify({ openapi: "3.0.1", paths: {} });
    expect(
      names({ ...method, "aws_api_gateway_rest_api.one": updated({ id: "x" }, { id: "x", body: document }) }),
    ).toEqual([]);
    expect(
      names({ ...method, "aws_api_gateway_rest_api.one": updated({ id: "x" }, { id: "x" }, { body: true }) }),
    ).toEqual([]);
    expect(names({ ...method, "aws_api_gateway_rest_api.one": updated({ id: "x" }, { id: "x" }) })).toHaveLength(1);
  });
});

it("lists the longest outages first", () => {
  const changes = {
    "aws_lb_listener_rule.one": deleteFirst(),
    "aws_apigatewayv2_api.one": deleteFirst(),
    "aws_ecs_cluster.one": deleteFirst(),
    "aws_route.one": deleted(),
  };
  expect(outages(changes).map(({ minutes }) => minutes)).toEqual([undefined, 10, 2, 1]);
});
