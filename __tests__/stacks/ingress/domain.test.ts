import { minimalDomain, minimalService, stageWith, ingresses } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";

type Domain = typeof minimalDomain & { readonly routing?: object; readonly certificate?: object };

const services = { orders: { ...minimalService, routes: ["GET /health"] } };
const withDomain = (domain: Partial<Domain>, ingress: object = ingresses["rest-api via nlb"]) =>
  new Synthesized(
    stageWith(
      JSON.parse(
        JSON.stringify({ services, ingress: { ...ingress, domain: { ...minimalDomain, ...domain } } }),
      ) as object,
    ),
  );
const records = (stack: Synthesized) => Object.entries(stack.all("aws_route53_record"));

describe("the domain of a stage", () => {
  const stack = withDomain({});

  it("has a certificate that is validated before anything uses it", () => {
    expect(stack.resource("aws_acm_certificate.ingress_domain")).toMatchObject({
      domain_name: "api.example.com",
      validation_method: "DNS",
      lifecycle: { create_before_destroy: true },
    });
    expect(stack.resource("aws_apigatewayv2_domain_name.ingress_main")).toMatchObject({
      domain_name_configuration: {
        certificate_arn: "${aws_acm_certificate_validation.ingress_domain.certificate_arn}",
        security_policy: "TLS_1_2",
      },
    });
  });

  it("has validation records that resolvers keep for five minutes", () => {
    const validations = records(stack).filter(([id]) => id.includes("_validation_"));
    expect(validations.map(([, { ttl }]) => ttl)).toEqual([300]);
  });

  it("uses a certificate that exists", () => {
    const arn = "arn:aws:acm:us-east-1:111122223333:certificate/0a";
    const given = withDomain({ certificate: { source: "existing", arn } as never });
    expect(given.all("aws_acm_certificate")).toEqual({});
    expect(given.resource("aws_apigatewayv2_domain_name.ingress_main")).toMatchObject({
      domain_name_configuration: { certificate_arn: arn },
    });
  });

  it("disables the API's default endpoint, which would bypass it", () => {
    const api = (each: Synthesized) => each.resource("aws_api_gateway_rest_api.ingress");
    expect(api(stack)).toMatchObject({ disable_execute_api_endpoint: true });
    expect(api(new Synthesized(stageWith()))).toMatchObject({ disable_execute_api_endpoint: false });
    const http = withDomain({}, ingresses["http-api"]);
    expect(http.resource("aws_apigatewayv2_api.ingress")).toMatchObject({ disable_execute_api_endpoint: true });
  });

  it("is looked up in the public hosted zone", () => {
    expect(stack.json.data.aws_route53_zone).toEqual({
      ingress_domain: { name: "example.com", private_zone: false },
    });
  });

  it("is an alias record with simple routing by default", () => {
    const [, alias] = records(stack).find(([id]) => id.endsWith("_domain_main_a")) ?? [];
    expect(alias).toMatchObject({ name: "api.example.com", type: "A", alias: { evaluate_target_health: true } });
    expect(alias).not.toHaveProperty("set_identifier");
    expect(stack.all("aws_route53_health_check")).toEqual({});
  });

  it("is the api_url output", () => {
    expect(stack.json.output.api_url).toMatchObject({ value: "https://api.example.com" });
  });

  it("of an HTTP API requires TLS 1.2, and is mapped to the one stage", () => {
    const http = withDomain({}, ingresses["http-api"]);
    expect(http.resource("aws_apigatewayv2_domain_name.ingress_main")).toMatchObject({
      domain_name_configuration: { security_policy: "TLS_1_2", endpoint_type: "REGIONAL" },
    });
    expect(http.resource("aws_apigatewayv2_api_mapping.ingress_domain_main")).toMatchObject({
      stage: "${aws_apigatewayv2_stage.ingress_api.id}",
    });
  });
});

describe("a domain that several regions share", () => {
  const latency = withDomain({ routing: { policy: "latency" } });
  const shared = (stack: Synthesized) => records(stack).find(([id]) => id.endsWith("_domain_main_a"))?.[1];

  it("is routed by latency, with a record identified by its region", () => {
    expect(shared(latency)).toMatchObject({
      set_identifier: "us-east-1",
      latency_routing_policy: { region: "us-east-1" },
      health_check_id: "${aws_route53_health_check.ingress_domain_records.id}",
    });
  });

  it("is routed to the primary, or to the secondary on failover", () => {
    const failover = (role: string) => shared(withDomain({ routing: { policy: "failover", role } }));
    expect(failover("primary")).toMatchObject({ failover_routing_policy: { type: "PRIMARY" } });
    expect(failover("secondary")).toMatchObject({ failover_routing_policy: { type: "SECONDARY" } });
  });

  it("is checked by the region's name, which the certificate and the API include", () => {
    expect(latency.resource("aws_route53_health_check.ingress_domain_records")).toMatchObject({
      fqdn: "us-east-1.api.example.com",
      type: "HTTPS",
      resource_path: "/health",
    });
    expect(latency.resource("aws_acm_certificate.ingress_domain")).toMatchObject({
      subject_alternative_names: ["api.example.com", "us-east-1.api.example.com"],
    });
    expect(latency.resource("aws_apigatewayv2_domain_name.ingress_regional")).toMatchObject({
      domain_name: "us-east-1.api.example.com",
    });
  });

  it("leaves the certificate when the name is of one region only, as all its names are listed", () => {
    expect(withDomain({}).resource("aws_acm_certificate.ingress_domain")).toMatchObject({
      subject_alternative_names: ["api.example.com"],
    });
  });

  it("is checked every 30 seconds with its name in the handshake, and fails after 3 failed checks", () => {
    expect(latency.resource("aws_route53_health_check.ingress_domain_records")).toMatchObject({
      port: 443,
      enable_sni: true,
      request_interval: 30,
      failure_threshold: 3,
    });
  });

  it("overwrites the validation record, which the other region may have created already", () => {
    const validations = records(latency).filter(([id]) => id.includes("_validation_"));
    expect(validations).toHaveLength(2);
    for (const [, record] of validations) expect(record).toMatchObject({ allow_overwrite: true });
  });
});
