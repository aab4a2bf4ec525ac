import { ingresses, minimalDomain, minimalService, stageWith } from "../../../fixtures/stage";
import { documentOf, integrationOf, operationsOf } from "../../../fixtures/rest-document";
import { Synthesized } from "../../../fixtures/synthesized";

const withRoutes = (...routes: string[]) =>
  new Synthesized(stageWith({ services: { orders: { ...minimalService, routes } } }));
const host = "http://${aws_lb.ingress_nlb.dns_name}:8080";

describe("the REST API", () => {
  const stack = new Synthesized(stageWith());

  it("integrates ANY / and ANY /{proxy+} with a service without routes", () => {
    expect(Object.keys(operationsOf(stack))).toEqual(["ANY /", "ANY /{proxy+}"]);
    expect(integrationOf(stack, "ANY /")).toMatchObject({
      type: "http_proxy",
      httpMethod: "ANY",
      connectionType: "VPC_LINK",
      connectionId: "${aws_api_gateway_vpc_link.ingress.id}",
      uri: `${host}/`,
      timeoutInMillis: 29000,
    });
    expect(integrationOf(stack, "ANY /{proxy+}")).toMatchObject({
      uri: `${host}/{proxy}`,
      requestParameters: { "integration.request.path.proxy": "method.request.path.proxy" },
    });
    expect(operationsOf(stack)["ANY /{proxy+}"]).toMatchObject({
      parameters: [{ name: "proxy", in: "path", required: true }],
    });
  });

  it("has one path for several routes of it", () => {
    expect(Object.keys(documentOf(withRoutes("POST /test", "GET /test", "GET /test/{test_id}")).paths)).toEqual([
      "/test",
      "/test/{test_id}",
    ]);
  });

  it("passes path parameters on", () => {
    expect(integrationOf(withRoutes("GET /test/{test_id}"), "GET /test/{test_id}")).toMatchObject({
      uri: `${host}/test/{test_id}`,
      requestParameters: { "integration.request.path.test_id": "method.request.path.test_id" },
    });
  });

  it("is one resource, whose document replaces everything that the API has", () => {
    const ofApi = withRoutes("POST /test", "GET /test/{test_id}").addresses.filter((address) =>
      /^aws_api_gateway_(?!vpc_link|account|deployment|stage|method_settings)/.test(address),
    );
    expect(ofApi).toEqual(["aws_api_gateway_rest_api.ingress"]);
    expect(stack.resource("aws_api_gateway_rest_api.ingress")).toMatchObject({ put_rest_api_mode: "overwrite" });
  });

  it("has the name and the description of its document, which the provider would otherwise set back", () => {
    const { name, description } = stack.resource("aws_api_gateway_rest_api.ingress") ?? {};
    expect(documentOf(stack).info).toEqual({ title: name, description, version: "1" });
  });

  it("redeploys when its document or a setting changes", () => {
    const trigger = (each: Synthesized) =>
      JSON.stringify(each.resource("aws_api_gateway_deployment.ingress")?.triggers);
    const { "rest-api via nlb": nlb } = ingresses;
    expect(trigger(stack)).toContain("aws_api_gateway_rest_api.ingress.body");
    const changed = [
      { ...nlb, domain: minimalDomain },
      { ...nlb, binaryMediaTypes: ["image/png"] },
      { ...nlb, ipAddressType: "dualstack" as const },
    ].map((ingress) => trigger(new Synthesized(stageWith({ ingress }))));
    expect(new Set([trigger(stack), ...changed]).size).toBe(4);
    expect(documentOf(withRoutes("GET /a"))).not.toEqual(documentOf(withRoutes("PUT /a")));
  });

  it("deploys before the replaced deployment is deleted", () => {
    expect(stack.resource("aws_api_gateway_deployment.ingress")).toMatchObject({
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

  it("leaves the account's log role to the account stack", () => {
    expect(stack.all("aws_api_gateway_account")).toEqual({});
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
    expect(integrationOf(moved, "ANY /")).toMatchObject({ uri: "http://${aws_lb.ingress_nlb.dns_name}:81/" });
  });
});
