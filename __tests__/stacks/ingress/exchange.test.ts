import { createdBeforeDestroyed } from "../../fixtures/created-before-destroyed";
import { ingresses, minimalDomain, minimalService, stageWith } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";

const userPool = { source: "create", scopes: { read: "Read" }, callbackUrls: ["https://www.example.com"] } as const;
const waf = { blockedCidrs: ["198.51.100.0/24", "2001:db8::/32"] };
const routing = { policy: "latency" } as const;
const services = { orders: { ...minimalService, routes: ["/*", { route: "GET /health", public: true }] } };

type Kind = keyof typeof ingresses;

/** A stage behind a kind of ingress, with what the kind can have of domain, authorization and WAF. */
const behind = (kind: Kind, domain: object = {}, more: object = {}) =>
  new Synthesized(
    stageWith(
      JSON.parse(
        JSON.stringify({
          services: kind === "nlb" ? { orders: minimalService } : services,
          ingress: {
            ...ingresses[kind],
            domain: { ...minimalDomain, ...domain },
            ...(kind !== "nlb" && { authorization: { userPool } }),
            ...((kind === "alb" || kind.startsWith("rest-api")) && { waf }),
            ...more,
          },
        }),
      ) as object,
    ),
  );

const kinds = Object.keys(ingresses) as Kind[];
const withUserPool = kinds.filter((kind) => kind !== "nlb");
const withWaf = kinds.filter((kind) => kind === "alb" || kind.startsWith("rest-api"));
const apis = kinds.filter((kind) => kind.includes("api"));

const stacks = new Map(kinds.map((kind) => [kind, behind(kind, { routing })]));
const stackOf = (kind: Kind) => stacks.get(kind) ?? behind(kind, { routing });
const addresses = (stack: Synthesized, ...types: readonly string[]) =>
  types.flatMap((type) => Object.keys(stack.all(type)).map((name) => `${type}.${name}`)).toSorted();

describe("what outlives a kind of ingress", () => {
  it.each(withUserPool)("has the same addresses behind %s: user pool, its domain, scopes and clients", (kind) => {
    const found = addresses(
      stackOf(kind),
      "aws_cognito_user_pool",
      "aws_cognito_user_pool_domain",
      "aws_cognito_resource_server",
      "aws_cognito_user_pool_client",
    );
    expect(found.filter((address) => !address.endsWith("_load_balancer"))).toEqual([
      "aws_cognito_resource_server.ingress_user_pool",
      "aws_cognito_user_pool.ingress",
      "aws_cognito_user_pool_client.ingress_clients_programs",
      "aws_cognito_user_pool_client.ingress_clients_sign_in",
      "aws_cognito_user_pool_domain.ingress",
    ]);
  });

  it.each(kinds)("has the same addresses behind %s: certificate, its validation, and all records", (kind) => {
    expect(
      addresses(stackOf(kind), "aws_acm_certificate", "aws_acm_certificate_validation", "aws_route53_record"),
    ).toEqual([
      "aws_acm_certificate.ingress_domain",
      "aws_acm_certificate_validation.ingress_domain",
      "aws_route53_record.ingress_domain_certificate_validation_host_api_example_com",
      "aws_route53_record.ingress_domain_certificate_validation_host_us_east_1_api_example_com_29d2fb",
      "aws_route53_record.ingress_domain_main_a",
      "aws_route53_record.ingress_domain_regional_a",
    ]);
  });

  it.each(withWaf)("has the same addresses behind %s: web ACL, IP sets, log and association", (kind) => {
    const found = addresses(
      stackOf(kind),
      "aws_wafv2_web_acl",
      "aws_wafv2_ip_set",
      "aws_wafv2_web_acl_logging_configuration",
      "aws_wafv2_web_acl_association",
      "aws_cloudwatch_log_group",
    );
    expect(found.filter((address) => address.includes("waf") || address.includes("web_acl"))).toEqual([
      "aws_cloudwatch_log_group.ingress_web_acl",
      "aws_wafv2_ip_set.ingress_web_acl_blocked_ipv4",
      "aws_wafv2_ip_set.ingress_web_acl_blocked_ipv6",
      "aws_wafv2_web_acl.ingress",
      "aws_wafv2_web_acl_association.ingress",
      "aws_wafv2_web_acl_logging_configuration.ingress",
    ]);
  });

  it.each(apis)("has the same addresses behind %s: the domain names of API Gateway and their mappings", (kind) => {
    expect(
      addresses(
        stackOf(kind),
        "aws_apigatewayv2_domain_name",
        "aws_apigatewayv2_api_mapping",
        "aws_api_gateway_domain_name",
        "aws_api_gateway_base_path_mapping",
      ),
    ).toEqual([
      "aws_apigatewayv2_api_mapping.ingress_domain_main",
      "aws_apigatewayv2_api_mapping.ingress_domain_regional",
      "aws_apigatewayv2_domain_name.ingress_main",
      "aws_apigatewayv2_domain_name.ingress_regional",
    ]);
  });

  it("differs between kinds in the app client of an ALB only", () => {
    const clients = (kind: Kind) => addresses(stackOf(kind), "aws_cognito_user_pool_client");
    expect(clients("alb").filter((client) => !clients("http-api").includes(client))).toEqual([
      "aws_cognito_user_pool_client.ingress_clients_load_balancer",
    ]);
  });

  it.each(withUserPool)("is the same behind %s: the settings of the user pool", (kind) => {
    const settings = (each: Kind) => stackOf(each).resource("aws_cognito_user_pool.ingress");
    expect(settings(kind)).toEqual(settings("alb"));
  });
});

describe("the records of a domain", () => {
  const main = (stack: Synthesized) => stack.resource("aws_route53_record.ingress_domain_main_a");

  it.each(apis)("change behind %s after the mapping and the services, which must not be created twice", (kind) => {
    expect(main(behind(kind))).toMatchObject({
      depends_on: ["aws_apigatewayv2_api_mapping.ingress_domain_main", "aws_ecs_service.services_orders"],
    });
    expect(main(behind(kind))).not.toHaveProperty("lifecycle");
  });

  it.each(["alb", "nlb"] as const)(
    "of a load balancer (%s) are created under a new name before the old one goes",
    (kind) => {
      const { depends_on: needs, lifecycle } = main(behind(kind)) ?? {};
      expect(lifecycle).toEqual({ create_before_destroy: true });
      const [listener = "", ...others] = Array.isArray(needs) ? needs.map(String) : [];
      expect(others).toEqual([]);
      expect(behind(kind).resource(listener)).toMatchObject({ port: 443 });
    },
  );

  it("stay at their address with every routing policy, as Route 53 refuses a simple record beside a latency record", () => {
    const failover = { routing: { policy: "failover", role: "primary" } };
    for (const domain of [{}, { routing }, failover]) {
      expect(main(behind("http-api", domain))).toMatchObject({ name: "api.example.com", type: "A" });
    }
  });

  it("are updated before the health check that they refer to is deleted", () => {
    expect(Object.values(behind("http-api", { routing }).all("aws_route53_health_check"))).toMatchObject([
      { lifecycle: { create_before_destroy: true } },
    ]);
  });
});

describe("a domain name of API Gateway", () => {
  it.each(apis)("of %s is deleted after the records lead elsewhere", (kind) => {
    expect(behind(kind).resource("aws_apigatewayv2_domain_name.ingress_main")).toMatchObject({
      lifecycle: { create_before_destroy: true },
    });
  });

  it.each(apis)("has one mapping behind %s, which is deleted before another of its path is created", (kind) => {
    const mapping = behind(kind).resource("aws_apigatewayv2_api_mapping.ingress_domain_main");
    expect(mapping).toMatchObject({ domain_name: "${aws_apigatewayv2_domain_name.ingress_main.id}" });
    expect(mapping).not.toHaveProperty("lifecycle");
  });

  it("is mapped to the stage of a REST API", () => {
    expect(behind("rest-api via nlb").resource("aws_apigatewayv2_api_mapping.ingress_domain_main")).toMatchObject({
      stage: "${aws_api_gateway_stage.ingress.stage_name}",
    });
  });
});

describe("a user pool", () => {
  it("is deleted after authorizers and listener rules have another one", () => {
    for (const kind of withUserPool) {
      expect(stackOf(kind).resource("aws_cognito_user_pool.ingress")).toMatchObject({
        lifecycle: { create_before_destroy: true },
      });
    }
  });

  it("is asked by an authorizer of an HTTP API that is deleted after its routes are public", () => {
    expect(Object.values(stackOf("http-api").all("aws_apigatewayv2_authorizer"))).toMatchObject([
      { lifecycle: { create_before_destroy: true } },
    ]);
  });

  it("gives its domain no create_before_destroy, as a pool has one prefix", () => {
    expect(stackOf("alb").resource("aws_cognito_user_pool_domain.ingress")).not.toHaveProperty("lifecycle");
  });
});

describe("a web ACL", () => {
  it("refers to an IP set no more before the set is deleted", () => {
    for (const set of Object.values(behind("alb").all("aws_wafv2_ip_set"))) {
      expect(set).toMatchObject({ lifecycle: { create_before_destroy: true } });
    }
  });
});

/** What an exchange of the ingress updates, if anything. */
const neverReplaced = /^aws_(route53_record|cognito_\w+|subnet|route|route_table|internet_gateway|vpc|eip)\./;

describe("create_before_destroy", () => {
  const all = kinds.map((kind) => [kind, stackOf(kind), new Set(createdBeforeDestroyed(stackOf(kind)))] as const);

  // Terraform refuses the plan as a cycle: the old resource waits for what depends on it, which waits for the new one.
  it.each(kinds)("is the same for what %s shares with another kind and an exchange replaces", (kind) => {
    const own = createdBeforeDestroyed(stackOf(kind));
    const different = all.flatMap(([other, stack, first]) =>
      own
        .filter((address) => !first.has(address) && stack.resource(address) !== undefined)
        .map((address) => `${address}: not behind ${other}`),
    );
    expect(different.filter((each) => !neverReplaced.test(each))).toEqual([]);
  });
});
