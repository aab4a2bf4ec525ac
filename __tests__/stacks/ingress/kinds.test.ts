import { z } from "zod";
import type { StageInput } from "../../../schema";
import { minimalDomain, minimalService, stageWith, stageWithRoutes, ingresses } from "../../fixtures/stage";
import { integrationOf } from "../../fixtures/rest-document";
import { decoded, Synthesized } from "../../fixtures/synthesized";

const synthesized = (ingress: (typeof ingresses)[keyof typeof ingresses]) => new Synthesized(stageWith({ ingress }));

describe("a REST API via NLB and ALB", () => {
  const stack = synthesized(ingresses["rest-api via nlb-alb"]);

  it("registers the ALB as a target of the NLB after its listener exists", () => {
    expect(stack.resource("aws_lb_target_group.ingress_nlb_port_80")).toMatchObject({
      target_type: "alb",
      protocol: "TCP",
      port: 80,
      health_check: { protocol: "HTTP", path: "/", matcher: "200-499" },
    });
    expect(stack.resource("aws_lb_target_group_attachment.ingress_nlb_port_80")).toMatchObject({
      target_id: "${aws_lb.ingress_alb.arn}",
      port: 80,
      depends_on: ["aws_lb_listener.ingress_alb"],
    });
  });

  it("creates a changed target group of the ALB before the old one is deleted", () => {
    expect(stack.resource("aws_lb_target_group.ingress_nlb_port_80")).toMatchObject({
      lifecycle: { create_before_destroy: true },
    });
  });

  it("integrates every path with the NLB by its VPC link", () => {
    expect(integrationOf(stack, "ANY /{proxy+}")).toMatchObject({
      uri: "http://${aws_lb.ingress_nlb.dns_name}:80/{proxy}",
      connectionId: "${aws_api_gateway_vpc_link.ingress.id}",
    });
  });
});

describe("a REST API via ALB", () => {
  const stack = synthesized(ingresses["rest-api via alb"]);

  it("reaches the ALB by a VPC link V2, without an NLB", () => {
    expect(integrationOf(stack, "ANY /")).toMatchObject({
      connectionId: "${aws_apigatewayv2_vpc_link.ingress.id}",
      integrationTarget: "${aws_lb.ingress_alb.arn}",
      uri: "http://${aws_lb.ingress_alb.dns_name}:80/",
    });
    expect(Object.keys(stack.all("aws_lb"))).toEqual(["ingress_alb"]);
  });

  it("requires the tested release of the AWS provider, as every kind of ingress does", () => {
    for (const ingress of Object.values(ingresses)) {
      const { terraform } = synthesized(ingress).json;
      expect(terraform).toMatchObject({ required_providers: { aws: { version: "5.100.0" } } });
    }
  });
});

describe.each(["rest-api via nlb-alb", "rest-api via alb", "http-api"] as const)("the internal ALB of %s", (kind) => {
  it("closes connections that are idle for 60 seconds", () => {
    expect(synthesized(ingresses[kind]).resource("aws_lb.ingress_alb")).toMatchObject({
      internal: true,
      idle_timeout: 60,
    });
  });
});

describe("an NLB", () => {
  it.each(["rest-api via nlb", "rest-api via nlb-alb", "nlb"] as const)(
    "of %s sends requests to the targets of every zone",
    (kind) => {
      const { ingress_nlb, ingress_public_nlb } = synthesized(ingresses[kind]).all("aws_lb");
      expect(ingress_nlb ?? ingress_public_nlb).toMatchObject({ enable_cross_zone_load_balancing: true });
    },
  );
});

describe("an HTTP API", () => {
  const stack = synthesized(ingresses["http-api"]);
  const stageOf = (each: Synthesized) => each.resource("aws_apigatewayv2_stage.ingress_api");

  it("deploys every change at once", () => {
    expect(stageOf(stack)).toMatchObject({ name: "$default", auto_deploy: true });
  });

  it("passes every request on as it is", () => {
    expect(stack.resource("aws_apigatewayv2_integration.ingress_api_routes")).toMatchObject({
      integration_type: "HTTP_PROXY",
      integration_method: "ANY",
      payload_format_version: "1.0",
    });
  });

  it("answers preflight requests by the settings of the stage file, without credentials by default", () => {
    const answers = (settings: object) => {
      const cors = { allowOrigins: ["https://a.example.com"], ...settings };
      const ingress = { ...ingresses["http-api"], cors };
      return new Synthesized(stageWith({ ingress })).resource("aws_apigatewayv2_api.ingress")?.cors_configuration;
    };
    const common = { allow_origins: ["https://a.example.com"], allow_methods: ["*"] };
    expect(answers({})).toMatchObject({ ...common, max_age: 600, allow_credentials: false });
    expect(
      answers({ allowHeaders: ["x-a"], exposeHeaders: ["x-b"], maxAgeSeconds: 5, allowCredentials: true }),
    ).toEqual({ ...common, allow_headers: ["x-a"], expose_headers: ["x-b"], max_age: 5, allow_credentials: true });
    expect(stack.resource("aws_apigatewayv2_api.ingress")).not.toHaveProperty("cors_configuration");
  });

  it("has a route without authorization for the preflight requests of a guarded route of any method", () => {
    const cors = { allowOrigins: ["https://a.example.com"] };
    const authorization = { userPool: { source: "create" as const } };
    const keysOf = (settings: object) => {
      const ingress = { ...ingresses["http-api"], ...settings };
      const all = new Synthesized(
        stageWithRoutes(ingress, "/a/*", "GET /b", { route: "/c", public: true }, "/d/{id}"),
      ).all("aws_apigatewayv2_route");
      return Object.values(all).flatMap(({ route_key, authorization_type }) =>
        String(route_key).startsWith("OPTIONS") ? [`${String(route_key)} ${String(authorization_type)}`] : [],
      );
    };
    expect(keysOf({ cors, authorization }).sort()).toEqual([
      "OPTIONS /a NONE",
      "OPTIONS /a/{proxy+} NONE",
      "OPTIONS /d/{id} NONE",
    ]);
    expect(keysOf({ cors })).toEqual([]);
    expect(keysOf({ authorization })).toEqual([]);
  });

  it("keeps the address of a route whose parameter has another name", () => {
    const idsOf = (route: string) =>
      Object.keys(new Synthesized(stageWithRoutes(ingresses["http-api"], route)).all("aws_apigatewayv2_route"));
    expect(idsOf("GET /a/{b_id}/c")).toEqual(["ingress_api_path_a_wildcard_path_c_get"]);
    expect(idsOf("GET /a/{id}/c")).toEqual(idsOf("GET /a/{b_id}/c"));
  });

  it("reads the token from the header Authorization", () => {
    const ingress = { ...ingresses["http-api"], authorization: { userPool: { source: "create" as const } } };
    const guarded = new Synthesized(stageWith({ ingress }));
    expect(Object.values(guarded.all("aws_apigatewayv2_authorizer"))).toMatchObject([
      { authorizer_type: "JWT", identity_sources: ["$request.header.Authorization"] },
    ]);
  });

  it("logs why it refuses a token", () => {
    const settings = z.object({ format: z.string() }).parse(stageOf(stack)?.access_log_settings);
    expect(decoded(settings.format)).toMatchObject({
      route: "$context.routeKey",
      authorizerError: "$context.authorizer.error",
    });
  });

  it("is throttled, with metrics, and some of its routes at a lower rate", () => {
    expect(stageOf(stack)).toMatchObject({
      default_route_settings: {
        detailed_metrics_enabled: true,
        throttling_rate_limit: 50,
        throttling_burst_limit: 100,
      },
    });
    const throttling = { ratePerSecond: 1, burst: 2 };
    const slower = new Synthesized(stageWithRoutes(ingresses["http-api"], "/*", { route: "POST /a/{b}", throttling }));
    expect(stageOf(slower)).toMatchObject({
      route_settings: [{ detailed_metrics_enabled: true, throttling_rate_limit: 1, throttling_burst_limit: 2 }],
    });
  });

  it("keeps its access log for 14 days by default", () => {
    const log = (each: Synthesized) => each.resource("aws_cloudwatch_log_group.ingress_api_stage_access");
    expect(log(stack)).toMatchObject({ name: "/shop/dev01/api-access", retention_in_days: 14 });
    const longer = new Synthesized(stageWith({ ingress: { ...ingresses["http-api"], accessLogRetentionDays: 90 } }));
    expect(log(longer)).toMatchObject({ retention_in_days: 90 });
  });

  it("integrates its routes with the listener of an internal ALB by a VPC link V2", () => {
    expect(stack.resource("aws_apigatewayv2_integration.ingress_api_routes")).toMatchObject({
      integration_uri: "${aws_lb_listener.ingress_alb.arn}",
      connection_id: "${aws_apigatewayv2_vpc_link.ingress.id}",
      timeout_milliseconds: 29000,
    });
    expect(stack.resource("aws_lb.ingress_alb")).toMatchObject({ internal: true });
  });

  it("uses HTTP inside the VPC by default, and HTTPS with a verified name when a certificate is given", () => {
    expect(stack.resource("aws_lb_listener.ingress_alb")).toMatchObject({ port: 80, protocol: "HTTP" });
    const certificateArn = "arn:aws:acm:us-east-1:111122223333:certificate/0a";
    const ingress = { ...ingresses["http-api"], internalTls: { certificateArn, serverName: "in.example.com" } };
    const secure = new Synthesized(stageWith({ ingress }));
    expect(secure.resource("aws_lb_listener.ingress_alb")).toMatchObject({
      port: 443,
      protocol: "HTTPS",
      certificate_arn: certificateArn,
    });
    expect(secure.resource("aws_apigatewayv2_integration.ingress_api_routes")).toMatchObject({
      tls_config: { server_name_to_verify: "in.example.com" },
    });
  });
});

describe("a public ALB", () => {
  const stack = synthesized(ingresses.alb);

  it("is in public subnets, although the tasks have no route to the internet", () => {
    expect(stack.resource("aws_lb.ingress_public_alb")).toMatchObject({
      internal: false,
      subnets: ["${aws_subnet.network_public_a.id}", "${aws_subnet.network_public_b.id}"],
      drop_invalid_header_fields: true,
      desync_mitigation_mode: "defensive",
    });
  });

  it("listens on 443 with TLS 1.3, and answers 404 by default", () => {
    expect(stack.resource("aws_lb_listener.ingress_public_alb")).toMatchObject({
      port: 443,
      protocol: "HTTPS",
      ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      default_action: [{ type: "fixed-response", fixed_response: { status_code: "404" } }],
    });
  });

  it("redirects port 80 to HTTPS", () => {
    expect(stack.resource("aws_lb_listener.ingress_public_alb_redirect")).toMatchObject({
      port: 80,
      default_action: [{ type: "redirect", redirect: { port: "443", protocol: "HTTPS", status_code: "HTTP_301" } }],
    });
  });

  it("uses its certificate only after validation", () => {
    expect(stack.resource("aws_lb_listener.ingress_public_alb")?.certificate_arn).toBe(
      "${aws_acm_certificate_validation.ingress_domain.certificate_arn}",
    );
  });

  it("has ingress rules only for 80 and 443", () => {
    const open = Object.values(stack.all("aws_vpc_security_group_ingress_rule")).filter(
      ({ cidr_ipv4 }) => cidr_ipv4 === "0.0.0.0/0",
    );
    expect(open.map(({ from_port, to_port }) => [from_port, to_port])).toEqual([
      [80, 80],
      [443, 443],
    ]);
  });

  it("has access logs in a bucket that only load balancers of the account may write to", () => {
    expect(stack.resource("aws_lb.ingress_public_alb")).toMatchObject({
      access_logs: { bucket: "${aws_s3_bucket.ingress_access_logs.id}", enabled: true },
    });
    const policy = stack.json.data.aws_iam_policy_document?.ingress_access_logs_access;
    expect(JSON.stringify(policy)).toContain("logdelivery.elasticloadbalancing.amazonaws.com");
    expect(JSON.stringify(policy)).toContain("AWSLogs/111122223333/*");
  });

  it("keeps its access logs for 14 days by default, and what is overwritten or deleted for one more", () => {
    const kept = (each: Synthesized) =>
      each.resource("aws_s3_bucket_lifecycle_configuration.ingress_access_logs")?.rule;
    expect(kept(stack)).toMatchObject([
      { expiration: [{ days: 14 }], noncurrent_version_expiration: [{ noncurrent_days: 1 }] },
    ]);
    const longer = new Synthesized(stageWith({ ingress: { ...ingresses.alb, accessLogRetentionDays: 90 } }));
    expect(kept(longer)).toMatchObject([{ expiration: [{ days: 90 }] }]);
  });

  it("is deleted with its access logs by default, and protected with them when configured", () => {
    const [balancer, bucket] = ["aws_lb.ingress_public_alb", "aws_s3_bucket.ingress_access_logs"];
    expect(stack.resource(balancer)).toMatchObject({ enable_deletion_protection: false });
    expect(stack.resource(bucket)).toMatchObject({ force_destroy: true });
    const kept = new Synthesized(stageWith({ ingress: { ...ingresses.alb, deletionProtection: true } }));
    expect(kept.resource(balancer)).toMatchObject({ enable_deletion_protection: true });
    expect(kept.resource(bucket)).toMatchObject({ force_destroy: false });
  });

  it("authenticates callers on every route that is not public", () => {
    const services = {
      orders: {
        kind: "web" as const,
        healthCheck: { container: { command: ["node"] } },
        routes: [{ route: "GET /health", public: true as const }, "/*"],
      },
    };
    const ingress = { ...ingresses.alb, authorization: { userPool: { source: "create" as const } } };
    const guarded = new Synthesized(stageWith({ ingress, services }));
    const types = (id: string) => {
      const { action } = guarded.resource(`aws_lb_listener_rule.ingress_public_alb_${id}`) ?? {};
      return JSON.stringify(action).match(/"type":"[a-z-]+"/g);
    };
    expect(types("path_health_get")).toEqual(['"type":"forward"']);
    expect(types("wildcard_any")).toEqual(['"type":"authenticate-cognito"', '"type":"forward"']);
    expect(guarded.resource("aws_cognito_user_pool_client.ingress_clients_load_balancer")).toMatchObject({
      generate_secret: true,
      callback_urls: ["https://api.example.com/oauth2/idpresponse"],
    });
  });
});

describe("a public NLB", () => {
  const stack = synthesized(ingresses.nlb);

  it("terminates TLS on 443 in public subnets", () => {
    expect(stack.resource("aws_lb.ingress_public_nlb")).toMatchObject({ internal: false });
    expect(stack.resource("aws_lb_listener.ingress_public_nlb_port_443")).toMatchObject({
      port: 443,
      protocol: "TLS",
      ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
    });
  });
});

describe("dual-stack ingress", () => {
  const dualStack = (ingress: object) => ({ ipAddressType: "dualstack" as const, ...ingress });

  it("configures a public load balancer, its security group and its records", () => {
    const stack = new Synthesized(stageWith({ ingress: { ...ingresses.alb, ...dualStack({}) } }));
    expect(stack.resource("aws_lb.ingress_public_alb")).toMatchObject({ ip_address_type: "dualstack" });
    expect(
      stack.resource("aws_vpc_security_group_ingress_rule.ingress_https_from_internet_ipv6_tcp_443"),
    ).toMatchObject({
      cidr_ipv6: "::/0",
      from_port: 443,
    });
    expect(Object.values(stack.all("aws_route53_record")).map(({ type }) => type)).toContain("AAAA");
  });

  it("configures both kinds of API and their domains", () => {
    const rest = new Synthesized(
      stageWith({ ingress: { ...ingresses["rest-api via nlb"], ...dualStack({ domain: minimalDomain }) } }),
    );
    expect(rest.resource("aws_api_gateway_rest_api.ingress")).toMatchObject({
      endpoint_configuration: { ip_address_type: "dualstack" },
    });
    expect(rest.resource("aws_apigatewayv2_domain_name.ingress_main")).toMatchObject({
      domain_name_configuration: { ip_address_type: "dualstack" },
    });
    const http = new Synthesized(
      stageWith({ ingress: { ...ingresses["http-api"], ...dualStack({ domain: minimalDomain }) } }),
    );
    expect(http.resource("aws_apigatewayv2_api.ingress")).toMatchObject({ ip_address_type: "dualstack" });
    expect(http.resource("aws_apigatewayv2_domain_name.ingress_main")).toMatchObject({
      domain_name_configuration: { ip_address_type: "dualstack" },
    });
  });

  it("is off by default", () => {
    const stack = synthesized(ingresses.alb);
    expect(stack.resource("aws_lb.ingress_public_alb")).toMatchObject({ ip_address_type: "ipv4" });
    expect(Object.values(stack.all("aws_route53_record")).map(({ type }) => type)).not.toContain("AAAA");
  });
});

describe("a load balancer that is replaced", () => {
  const replaced = { lifecycle: { create_before_destroy: true } };
  const created = Object.entries(ingresses).map(([kind, ingress]) => [kind, synthesized(ingress)] as const);

  it.each(created)("behind %s, is deleted after its replacement has its listeners and VPC links", (_, stack) => {
    const links = ["aws_api_gateway_vpc_link", "aws_apigatewayv2_vpc_link"].flatMap((type) =>
      Object.values(stack.all(type)),
    );
    for (const resource of [
      ...Object.values(stack.all("aws_lb")),
      ...Object.values(stack.all("aws_lb_listener")),
      ...links,
    ])
      expect(resource).toMatchObject(replaced);
  });

  it("by one of the other scheme has another address", () => {
    const internal = synthesized(ingresses["rest-api via nlb-alb"]).all("aws_lb");
    const internetFacing = { ...synthesized(ingresses.alb).all("aws_lb"), ...synthesized(ingresses.nlb).all("aws_lb") };
    expect(Object.keys(internal).filter((id) => id in internetFacing)).toEqual([]);
    expect(Object.keys(internal)).toHaveLength(2);
  });
});

describe("a listener of an NLB", () => {
  const of = (services: StageInput["services"]) => new Synthesized(stageWith({ services }));

  it("and its target group keep their addresses when the service has another name", () => {
    const [before, after] = [of({ orders: minimalService }), of({ shop: minimalService })];
    for (const type of ["aws_lb_listener", "aws_lb_target_group"]) {
      expect(Object.keys(before.all(type))).toEqual(["ingress_nlb_port_8080"]);
      expect(Object.keys(after.all(type))).toEqual(["ingress_nlb_port_8080"]);
    }
    const group = (stack: Synthesized) => stack.resource("aws_lb_target_group.ingress_nlb_port_8080");
    expect(group(after)).toMatchObject({ name_prefix: group(before)?.name_prefix });
  });

  it("has one address for its port, whatever is behind it", () => {
    const stack = synthesized(ingresses["rest-api via nlb-alb"]);
    expect(stack.resource("aws_lb_listener.ingress_nlb_port_80")).toMatchObject({ port: 80 });
  });
});
