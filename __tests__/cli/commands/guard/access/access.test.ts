import { accessForecast } from "../../../../../cli/commands/guard/access/access";
import { accessSettings } from "../../../../../cli/commands/guard/access/settings";
import { created, createFirst, deleted, deleteFirst, planWith, unchanged, updated, type Change } from "../plan-of";

type Values = Readonly<Record<string, unknown>>;

// A stack that exists: the first apply opens nothing that was closed.
const existing = { "aws_vpc.network": unchanged({ id: "vpc-1" }) };
const openings = (changes: Readonly<Record<string, Change>>) =>
  accessForecast(planWith({ ...existing, ...changes })).openings.map(({ what }) => what);

describe("a route that becomes public is shown:", () => {
  it("a route of an HTTP API without authorization", () => {
    const route = (authorization_type: string) => ({ route_key: "GET /orders", authorization_type });
    const address = "aws_apigatewayv2_route.one";
    expect(openings({ [address]: updated(route("JWT"), route("NONE")) })).toEqual([
      "the route GET /orders becomes public: authorization_type from JWT to NONE",
    ]);
    expect(openings({ [address]: updated(route("NONE"), route("JWT")) })).toEqual([]);
    expect(openings({ [address]: created(route("NONE")) })).toEqual([]);
  });

  it("the same route at another address", () => {
    const route = (authorization_type: string) => ({ route_key: "GET /orders", authorization_type });
    const changes = {
      "aws_apigatewayv2_route.old": deleted(route("JWT")),
      "aws_apigatewayv2_route.new": created(route("NONE")),
    };
    expect(openings(changes)).toHaveLength(1);
  });

  it("a method of a REST API without authorization or API key", () => {
    const method = (authorization: string, api_key_required: boolean) => ({
      http_method: "GET",
      authorization,
      api_key_required,
    });
    const change = updated(method("COGNITO_USER_POOLS", true), method("NONE", false));
    expect(openings({ "aws_api_gateway_method.one": change })).toEqual([
      "the method GET becomes public: authorization from COGNITO_USER_POOLS to NONE",
      "the method GET becomes public: it no longer requires an API key",
    ]);
  });

  it("an operation of an OpenAPI document without security", () => {
    const body = (security: readonly object[]) => ({
      body: JSON.stringify({
        openapi: "3.0.1",
        paths: { "/orders": { get: { security }, "x-amazon-apigateway-any-method": { security: [{ users: [] }] } } },
        components: {
          securitySchemes: {
            users: { type: "apiKey", "x-amazon-apigateway-authtype": "cognito_user_pools" },
            key: { type: "apiKey" },
          },
        },
      }),
    });
    const address = "aws_api_gateway_rest_api.one";
    const both = body([{ users: [], key: [] }]);
    expect(openings({ [address]: updated(both, body([])) })).toEqual([
      "the route GET /orders becomes public: its security is removed",
    ]);
    expect(openings({ [address]: updated(both, body([{ users: [] }])) })).toEqual([
      "the route GET /orders no longer requires an API key",
    ]);
    expect(openings({ [address]: updated(body([{ users: [] }]), both) })).toEqual([]);
  });

  it("the security of the whole document", () => {
    const body = (fields: Values) => ({
      body: JSON.stringify({ openapi: "3.0.1", paths: { "/a": { put: {} } }, ...fields }),
    });
    const change = updated(body({ security: [{ users: [] }] }), body({}));
    expect(openings({ "aws_api_gateway_rest_api.one": change })).toEqual([
      "the route PUT /a becomes public: its security is removed",
    ]);
  });

  it.each([
    [
      "aws_lb_listener_rule.one",
      "action",
      "the route /orders becomes public: its action authenticate-cognito is removed",
    ],
    [
      "aws_lb_listener.one",
      "default_action",
      "the default route of the listener becomes public: its action authenticate-cognito is removed",
    ],
  ])("an action that no longer authenticates: %s", (address, field, what) => {
    const rule = (...types: readonly string[]) => ({
      condition: [{ path_pattern: [{ values: ["/orders"] }] }],
      [field]: types.map((type) => ({ type })),
    });
    expect(openings({ [address]: updated(rule("authenticate-cognito", "forward"), rule("forward")) })).toEqual([what]);
    expect(openings({ [address]: updated(rule("forward"), rule("authenticate-cognito", "forward")) })).toEqual([]);
  });

  it("an internal load balancer that becomes internet-facing, at this address or at another one", () => {
    const what = "the load balancer becomes internet-facing, and was internal";
    expect(openings({ "aws_lb.one": deleteFirst({ internal: true }, { internal: false }) })).toEqual([what]);
    expect(openings({ "aws_lb.old": deleted({ internal: true }), "aws_lb.new": created({ internal: false }) })).toEqual(
      [what],
    );
    expect(openings({ "aws_lb.one": createFirst({ internal: false }, { internal: false }) })).toEqual([]);
  });

  it("a private API, and the default address of an API", () => {
    const api = (type: string, disable_execute_api_endpoint: boolean) => ({
      endpoint_configuration: [{ types: [type] }],
      disable_execute_api_endpoint,
    });
    expect(openings({ "aws_api_gateway_rest_api.one": updated(api("PRIVATE", true), api("REGIONAL", false)) })).toEqual(
      [
        "the API becomes public: it was private to VPC endpoints",
        "the default address of the API (execute-api) answers: it bypasses what protects the domain name",
      ],
    );
  });
});

describe("a security group that is opened is shown:", () => {
  const address = "aws_vpc_security_group_ingress_rule.one";
  const rule = (cidr: string, port = 443) => ({
    security_group_id: "sg-1",
    [cidr.includes(":") ? "cidr_ipv6" : "cidr_ipv4"]: cidr,
    ip_protocol: "tcp",
    from_port: port,
    to_port: port,
  });

  it.each(["0.0.0.0/0", "::/0"])("a new rule from %s", (cidr) => {
    expect(openings({ [address]: created(rule(cidr)) })).toEqual([
      `the security group opens port 443 from every address (${cidr})`,
    ]);
  });

  it("a new rule of a new group, only from every address", () => {
    const [open, narrow] = ["0.0.0.0/0", "10.0.0.0/16"].map((cidr) => ({
      ...rule(cidr),
      security_group_id: undefined,
    }));
    expect(openings({ [address]: created(open, { security_group_id: true }) })).toHaveLength(1);
    expect(openings({ [address]: created(narrow, { security_group_id: true }) })).toEqual([]);
  });

  it("a wider range, and not a narrower one", () => {
    const [wide, narrow] = [rule("198.51.0.0/16"), rule("198.51.100.0/24")];
    expect(openings({ [address]: updated(narrow, wide) })).toEqual([
      "the security group opens port 443 from 198.51.0.0/16",
    ]);
    expect(openings({ [address]: updated(wide, narrow) })).toEqual([]);
  });

  it("a wider range with the same first address", () => {
    const change = updated(rule("10.0.0.0/24"), rule("10.0.0.0/16"));
    expect(openings({ [address]: change })).toEqual(["the security group opens port 443 from 10.0.0.0/16"]);
  });

  it("another port", () => {
    expect(openings({ [address]: updated(rule("0.0.0.0/0", 443), rule("0.0.0.0/0", 22)) })).toEqual([
      "the security group opens port 22 from every address (0.0.0.0/0)",
    ]);
  });

  it("nothing when the same range moves to another address", () => {
    expect(
      openings({
        [address]: created(rule("0.0.0.0/0")),
        "aws_vpc_security_group_ingress_rule.old": deleted(rule("0.0.0.0/0")),
      }),
    ).toEqual([]);
  });

  it("the rules within a group", () => {
    const group = (...cidr_blocks: readonly string[]) => ({
      ingress: [{ cidr_blocks, protocol: "-1", from_port: 0, to_port: 0 }],
    });
    expect(
      openings({ "aws_security_group.one": updated(group("10.0.0.0/16"), group("10.0.0.0/16", "0.0.0.0/0")) }),
    ).toEqual(["the security group opens all ports from every address (0.0.0.0/0)"]);
  });

  it("egress of a group that exists", () => {
    expect(openings({ "aws_vpc_security_group_egress_rule.one": created(rule("0.0.0.0/0")) })).toEqual([
      "the security group opens port 443 to every address (0.0.0.0/0)",
    ]);
  });
});

describe("a protection that is removed is shown:", () => {
  it.each([
    [
      "aws_s3_bucket_public_access_block.one",
      { bucket: "shop" },
      "aws_s3_bucket.one",
      { bucket: "shop" },
      "the bucket is no longer protected from public access",
    ],
    [
      "aws_wafv2_web_acl_association.one",
      { resource_arn: "arn:lb" },
      "aws_lb.one",
      { arn: "arn:lb" },
      "requests no longer pass WAF",
    ],
  ])("%s, unless what it protects is deleted", (address, values, owner, ofOwner, what) => {
    expect(openings({ [address]: deleted(values) })).toEqual([what]);
    expect(openings({ [address]: deleted(values), [owner]: deleted(ofOwner) })).toEqual([]);
    expect(openings({ [address]: deleteFirst(values) })).toEqual([expect.stringContaining("until the new one exists")]);
    expect(openings({ [address]: createFirst(values) })).toEqual([]);
  });

  const acl = (...rules: readonly Values[]) => ({ default_action: [{ allow: [{}], block: [] }], rule: rules });
  const group = (count: boolean, ...counted: readonly string[]) => ({
    name: "common",
    override_action: [{ count: count ? [{}] : [], none: count ? [] : [{}] }],
    statement: [
      {
        managed_rule_group_statement: [
          { rule_action_override: counted.map((name) => ({ name, action_to_use: [{ count: [{}] }] })) },
        ],
      },
    ],
  });
  const limit = (count: boolean) => ({
    name: "limit",
    action: [{ block: count ? [] : [{}], count: count ? [{}] : [] }],
  });

  it.each<[string, Values, Values, string]>([
    ["a rule of WAF", acl(limit(false)), acl(), "WAF no longer has the rule limit"],
    ["a rule of WAF that counts", acl(limit(false)), acl(limit(true)), "WAF only counts what limit blocked: the rule"],
    [
      "a group of WAF that counts",
      acl(group(false)),
      acl(group(true)),
      "WAF only counts what common blocked: the whole group",
    ],
    [
      "a part of a group of WAF that counts",
      acl(group(false, "A")),
      acl(group(false, "A", "B")),
      "WAF only counts what common blocked: B",
    ],
  ])("%s", (_, before, after, what) => {
    expect(openings({ "aws_wafv2_web_acl.one": updated(before, after) })).toEqual([what]);
    expect(openings({ "aws_wafv2_web_acl.one": updated(after, before) })).toEqual([]);
  });

  it("no rule of WAF while they are known after the apply only", () => {
    const change = updated(acl(limit(false)), { default_action: [{ allow: [{}] }] }, { rule: true });
    expect(openings({ "aws_wafv2_web_acl.one": change })).toEqual([]);
  });

  it.each([
    ["allowed", [], ["198.51.100.0/24"], "WAF allows all requests of 198.51.100.0/24"],
    ["blocked", ["198.51.100.0/24"], [], "WAF no longer blocks 198.51.100.0/24"],
  ])("addresses that are %s", (list, before, after, what) => {
    const address = `aws_wafv2_ip_set.ingress_web_acl_${list}_ipv4`;
    expect(openings({ [address]: updated({ addresses: before }, { addresses: after }) })).toEqual([what]);
    expect(openings({ [address]: updated({ addresses: after }, { addresses: before }) })).toEqual([]);
  });
});

describe("a setting that opens access is shown:", () => {
  it.each(accessSettings.map((setting) => [`${setting.type} ${setting.field}`, setting] as const))(
    "%s",
    (_, setting) => {
      const { type, field, open, what } = setting;
      const isBlock = open === "set";
      const nested = (value: unknown) =>
        field
          .split(".")
          .reduceRight<unknown>(
            (inner, key) => ({ [key]: typeof inner === "object" && !Array.isArray(inner) ? [inner] : inner }),
            value,
          ) as Values;
      const [closed, opened] = [nested(isBlock ? [] : open !== true), nested(isBlock ? [{}] : open)];
      expect(openings({ [`${type}.one`]: updated(closed, opened) })).toEqual([what]);
      expect(openings({ [`${type}.one`]: updated(opened, closed) })).toEqual([]);
      expect(openings({ [`${type}.one`]: created(opened) })).toEqual([]);
    },
  );
});

it("the first apply of a stack opens nothing that was closed", () => {
  const rule = { cidr_ipv4: "0.0.0.0/0", ip_protocol: "tcp", from_port: 443, to_port: 443 };
  const plan = planWith({ "aws_vpc_security_group_ingress_rule.one": created(rule, { security_group_id: true }) });
  expect(accessForecast(plan)).toEqual({ openings: [], unknown: [] });
});
