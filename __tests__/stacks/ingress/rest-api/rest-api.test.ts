import { ingresses, minimalService, stageWith } from "../../../fixtures/stage";
import { Synthesized } from "../../../fixtures/synthesized";

const withRoutes = (...routes: string[]) =>
  new Synthesized(stageWith({ services: { orders: { ...minimalService, routes } } }));
const host = "http://${aws_lb.ingress_nlb.dns_name}:8080";

describe("the REST API", () => {
  const stack = new Synthesized(stageWith());

  it("integrates ANY / and ANY /{proxy+} with a service without routes", () => {
    expect(Object.keys(stack.all("aws_api_gateway_method"))).toEqual([
      "ingress_routes_any",
      "ingress_routes_proxy_any",
    ]);
    expect(stack.resource("aws_api_gateway_integration.ingress_routes_any")).toMatchObject({
      type: "HTTP_PROXY",
      http_method: "ANY",
      integration_http_method: "ANY",
      connection_type: "VPC_LINK",
      connection_id: "${aws_api_gateway_vpc_link.ingress.id}",
      uri: `${host}/`,
      timeout_milliseconds: 29000,
    });
    expect(stack.resource("aws_api_gateway_integration.ingress_routes_proxy_any")).toMatchObject({
      uri: `${host}/{proxy}`,
      request_parameters: { "integration.request.path.proxy": "method.request.path.proxy" },
    });
    expect(stack.resource("aws_api_gateway_method.ingress_routes_proxy_any")).toMatchObject({
      request_parameters: { "method.request.path.proxy": true },
    });
  });

  it("creates one resource for a path that several routes share", () => {
    const { addresses } = withRoutes("POST /test", "GET /test/{test_id}");
    expect(addresses.filter((address) => /api_gateway_(resource|method)\./.test(address)).sort()).toEqual([
      "aws_api_gateway_method.ingress_routes_path_test_parameter_test_id_get",
      "aws_api_gateway_method.ingress_routes_path_test_post",
      "aws_api_gateway_resource.ingress_routes_path_test",
      "aws_api_gateway_resource.ingress_routes_path_test_parameter_test_id",
    ]);
  });

  it("passes path parameters on", () => {
    const integration = "aws_api_gateway_integration.ingress_routes_path_test_parameter_test_id_get";
    expect(withRoutes("GET /test/{test_id}").resource(integration)).toMatchObject({
      uri: `${host}/test/{test_id}`,
      request_parameters: { "integration.request.path.test_id": "method.request.path.test_id" },
    });
  });

  it("distinguishes paths whose ids would look alike", () => {
    const { addresses } = withRoutes("GET /a.b", "GET /a-b", "GET /a_b", "GET /resource", "GET /get");
    expect(addresses.filter((address) => address.startsWith("aws_api_gateway_resource."))).toHaveLength(5);
  });

  it("redeploys when a method or an integration changes", () => {
    const trigger = (each: Synthesized) => each.resource("aws_api_gateway_deployment.ingress")?.triggers;
    const changed = new Synthesized(
      stageWith({
        ingress: {
          kind: "rest-api",
          via: "nlb",
          throttling: { ratePerSecond: 1, burst: 1 },
          timeoutMilliseconds: 5000,
        },
      }),
    );
    expect(trigger(changed)).not.toEqual(trigger(stack));
    expect(trigger(withRoutes("GET /a"))).not.toEqual(trigger(withRoutes("PUT /a")));
    // The URI holds the port and the NLB, and is known only when it is applied.
    expect(JSON.stringify(trigger(stack))).toContain("aws_api_gateway_integration.ingress_routes_any.uri");
  });

  it("deploys after everything that it copies, and before the replaced deployment is deleted", () => {
    expect(stack.resource("aws_api_gateway_deployment.ingress")).toMatchObject({
      depends_on: [
        "aws_api_gateway_method.ingress_routes_any",
        "aws_api_gateway_integration.ingress_routes_any",
        "aws_api_gateway_method.ingress_routes_proxy_any",
        "aws_api_gateway_integration.ingress_routes_proxy_any",
        "aws_api_gateway_gateway_response.ingress_errors_missing_authentication_token",
      ],
      lifecycle: { create_before_destroy: true },
    });
  });

  it("is created before the API that it replaces is deleted", () => {
    expect(stack.resource("aws_api_gateway_rest_api.ingress")).toMatchObject({
      lifecycle: { create_before_destroy: true },
    });
  });

  it.each([
    ["access", "/shop/dev01/api-access"],
    ["error", "API-Gateway-Execution-Logs_${aws_api_gateway_rest_api.ingress.id}/dev01"],
  ])("keeps its %s log for 14 days by default", (log, name) => {
    const address = `aws_cloudwatch_log_group.ingress_api_stage_${log}`;
    expect(stack.resource(address)).toEqual({ name, retention_in_days: 14 });
    const ingress = { ...ingresses["rest-api via nlb"], accessLogRetentionDays: 90 } as const;
    expect(new Synthesized(stageWith({ ingress })).resource(address)).toMatchObject({ retention_in_days: 90 });
  });

  it("has a stage with the name of the stage and an access log", () => {
    expect(stack.resource("aws_api_gateway_stage.ingress")).toMatchObject({
      stage_name: "dev01",
      deployment_id: "${aws_api_gateway_deployment.ingress.id}",
      xray_tracing_enabled: false,
      access_log_settings: { destination_arn: "${aws_cloudwatch_log_group.ingress_api_stage_access.arn}" },
    });
    expect(stack.resource("aws_api_gateway_deployment.ingress")).not.toHaveProperty("stage_name");
  });

  it("is throttled, has metrics, and logs errors without bodies", () => {
    expect(stack.resource("aws_api_gateway_method_settings.ingress_stage")).toMatchObject({
      method_path: "*/*",
      settings: {
        metrics_enabled: true,
        logging_level: "ERROR",
        data_trace_enabled: false,
        throttling_rate_limit: 50,
        throttling_burst_limit: 100,
      },
    });
  });

  it("sets the account's log role before its stage, unless it exists", () => {
    expect(stack.resource("aws_api_gateway_stage.ingress")?.depends_on).toContain(
      "aws_api_gateway_account.ingress_logging",
    );
    const ingress = { kind: "rest-api", via: "nlb", throttling: { ratePerSecond: 1, burst: 1 } } as const;
    const other = new Synthesized(stageWith({ ingress: { ...ingress, accountLogRole: "existing" } }));
    expect(other.all("aws_api_gateway_account")).toEqual({});
  });
});

describe("a service behind the NLB", () => {
  it("has a target group of IP addresses with HTTP health checks, created before the one it replaces is deleted", () => {
    const stack = new Synthesized(stageWith());
    expect(stack.resource("aws_lb_target_group.ingress_nlb_port_8080")).toMatchObject({
      name_prefix: "tcp-",
      target_type: "ip",
      protocol: "TCP",
      port: 80,
      deregistration_delay: "30",
      connection_termination: true,
      health_check: { protocol: "HTTP", path: "/health", interval: 10, timeout: 6, matcher: "200" },
      lifecycle: { create_before_destroy: true },
    });
  });

  it("is healthy and unhealthy after the configured numbers of checks", () => {
    const target = { healthyThreshold: 4, unhealthyThreshold: 7 };
    const { container } = minimalService.healthCheck;
    const orders = { ...minimalService, healthCheck: { container, target } };
    const stack = new Synthesized(stageWith({ services: { orders } }));
    expect(stack.resource("aws_lb_target_group.ingress_nlb_port_8080")).toMatchObject({
      health_check: { healthy_threshold: 4, unhealthy_threshold: 7 },
    });
  });

  it("has a listener on the container's port, or on the configured one", () => {
    expect(new Synthesized(stageWith()).resource("aws_lb_listener.ingress_nlb_port_8080")).toMatchObject({
      port: 8080,
    });
    const moved = new Synthesized(stageWith({ services: { orders: { ...minimalService, listenerPort: 81 } } }));
    expect(moved.resource("aws_lb_listener.ingress_nlb_port_81")).toMatchObject({ port: 81 });
    expect(moved.resource("aws_api_gateway_integration.ingress_routes_any")).toMatchObject({
      uri: "http://${aws_lb.ingress_nlb.dns_name}:81/",
    });
  });
});
