import type { StageInput } from "../../../schema";
import { minimalDomain, minimalService, stackWith } from "../../fixtures/stage";
import type { Synthesized } from "../../fixtures/synthesized";

const certificate = { source: "existing", arn: "arn:aws:acm:us-east-1:111122223333:certificate/0a" } as const;
type Ingress = Partial<Extract<StageInput["ingress"], { kind: "alb" }>>;

function withHosts(hosts: readonly string[], ingress: Ingress = {}): Synthesized {
  const routes = hosts.map((host) => ({ route: "/*", hosts: [host] }));
  return stackWith({
    ingress: { kind: "alb", domain: minimalDomain, ...ingress },
    services: { orders: { ...minimalService, routes: [{ route: "GET /health", public: true }, ...routes] } },
  });
}

const records = (stack: Synthesized) =>
  Object.entries(stack.all("aws_route53_record")).map(([id, record]) => ({ id, ...record, name: String(record.name) }));
const namesOf = (stack: Synthesized) => aliases(stack).map(({ name }) => name);
const aliases = (stack: Synthesized) => records(stack).filter((record) => "alias" in record);
const validations = (stack: Synthesized) => records(stack).filter((record) => !("alias" in record));

describe("a host of routes", () => {
  const stack = withHosts(["www.example.com", "Admin.Example.com", "*.shops.example.com", "api.example.com"]);

  it("is a name of the created certificate", () => {
    expect(stack.resource("aws_acm_certificate.ingress_domain")).toMatchObject({
      domain_name: "api.example.com",
      subject_alternative_names: ["api.example.com", "www.example.com", "admin.example.com", "*.shops.example.com"],
    });
  });

  it("has a validation record at an address of its name, so that another host changes no other record", () => {
    expect(validations(stack).map(({ id }) => id)).toEqual([
      "ingress_domain_certificate_validation_host_admin_example_com",
      "ingress_domain_certificate_validation_host_api_example_com",
      "ingress_domain_certificate_validation_host_shops_example_com",
      "ingress_domain_certificate_validation_host_www_example_com",
    ]);
    const one = withHosts(["www.example.com"]);
    for (const record of validations(one)) expect(validations(stack)).toContainEqual(record);
  });

  it("keeps its validation record when a new certificate replaces the one that lacks another host", () => {
    for (const record of validations(stack)) {
      expect(record).toMatchObject({ lifecycle: { ignore_changes: ["name", "type", "records"] } });
    }
  });

  it("shares the validation record of the wildcard for its zone", () => {
    const zone = withHosts(["example.com", "*.example.com"]);
    expect(validations(zone).map(({ id }) => id)).toEqual([
      "ingress_domain_certificate_validation_host_api_example_com",
      "ingress_domain_certificate_validation_host_example_com",
    ]);
  });

  it("has an alias record at an address of its name", () => {
    expect(aliases(stack).map(({ id, name }) => [id, name])).toEqual([
      ["ingress_domain_host_admin_example_com_a", "admin.example.com"],
      [expect.stringMatching(/^ingress_domain_host_shops_example_com_[0-9a-f]{6}_a$/), "*.shops.example.com"],
      ["ingress_domain_host_www_example_com_a", "www.example.com"],
      ["ingress_domain_main_a", "api.example.com"],
    ]);
  });

  it("has a record with the routing and the health check of the name", () => {
    const domain = { ...minimalDomain, routing: { policy: "latency" } } as const;
    const [main, host] = ["api.example.com", "www.example.com"].map((name) =>
      aliases(withHosts(["www.example.com", "us-east-1.api.example.com"], { domain })).find(
        (each) => each.name === name,
      ),
    );
    expect(host).toEqual({ ...main, id: host?.id, name: "www.example.com" });
    expect(host).toMatchObject({ set_identifier: "us-east-1", latency_routing_policy: { region: "us-east-1" } });
  });

  it("has one record when it is the name that a health check requests", () => {
    const domain = { ...minimalDomain, routing: { policy: "latency" } } as const;
    expect(namesOf(withHosts(["us-east-1.api.example.com"], { domain }))).toEqual([
      "api.example.com",
      "us-east-1.api.example.com",
    ]);
  });

  it("has IPv6 records with a dual stack", () => {
    const types = aliases(withHosts(["www.example.com"], { ipAddressType: "dualstack" })).map(({ id }) => id);
    expect(types).toContain("ingress_domain_host_www_example_com_aaaa");
  });

  it("has a record with an existing certificate, if it is in the hosted zone", () => {
    const hosts = ["www.example.com", "www.example.org", "shop-*.example.com"];
    expect(namesOf(withHosts(hosts, { domain: { ...minimalDomain, certificate } }))).toEqual([
      "www.example.com",
      "api.example.com",
    ]);
  });

  it("is a callback URL of the ALB's app client", () => {
    const authorization = { userPool: { source: "create" } } as const;
    const clients = withHosts(["www.example.com"], { authorization }).all("aws_cognito_user_pool_client");
    expect(Object.values(clients)).toContainEqual(
      expect.objectContaining({
        callback_urls: ["https://api.example.com/oauth2/idpresponse", "https://www.example.com/oauth2/idpresponse"],
      }),
    );
  });
});
