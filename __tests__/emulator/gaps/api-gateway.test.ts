import { FakeAws, unimplemented } from "../fake-aws";

const method = "/restapis/a/resources/r/methods/ANY";

describe("the emulated API Gateway", () => {
  let aws: FakeAws;
  beforeEach(async () => {
    aws = new FakeAws();
    await aws.start();
  });
  afterEach(() => {
    aws.stop();
  });
  const answer = (body: object) => {
    aws.answer = ({ method: verb }) => (verb === "PATCH" ? unimplemented : { body: JSON.stringify(body) });
  };

  it("gives the VPC link of an integration back, wherever the integration is read", async () => {
    answer({ uri: "http://nlb" });
    await aws.rest("apigateway", "PUT", `${method}/integration`, { connectionId: "link", uri: "http://nlb" });
    expect(await aws.rest("apigateway", "GET", `${method}/integration`)).toMatchObject({ connectionId: "link" });
    answer({ methodIntegration: { uri: "http://nlb" } });
    expect(await aws.rest("apigateway", "GET", method)).toEqual({
      methodIntegration: { uri: "http://nlb", connectionId: "link" },
    });
    answer({ item: [{ id: "r", resourceMethods: { ANY: { methodIntegration: {} } } }, { id: "root" }] });
    expect(await aws.rest("apigateway", "GET", "/restapis/a/resources?embed=methods")).toEqual({
      item: [{ id: "r", resourceMethods: { ANY: { methodIntegration: { connectionId: "link" } } } }, { id: "root" }],
    });
  });

  it("updates what moto cannot update, and remembers it", async () => {
    answer({ uri: "http://old", timeoutInMillis: 29000, integrationResponses: { 200: {} } });
    const patchOperations = [{ op: "replace", path: "/timeoutInMillis", value: "20000" }];
    await aws.rest("apigateway", "PATCH", `${method}/integration`, { patchOperations });
    expect(await aws.rest("apigateway", "GET", `${method}/integration`)).toEqual({
      uri: "http://old",
      timeoutInMillis: 20000,
      integrationResponses: { 200: {} },
    });
    expect(aws.unanswered).toEqual([]);
  });

  it("forgets an update when the resource is made anew or deleted", async () => {
    answer({ apiKeyRequired: false });
    const patchOperations = [{ op: "replace", path: "/apiKeyRequired", value: "true" }];
    await aws.rest("apigateway", "PATCH", method, { patchOperations });
    expect(await aws.rest("apigateway", "GET", method)).toEqual({ apiKeyRequired: true });
    await aws.rest("apigateway", "DELETE", method);
    expect(await aws.rest("apigateway", "GET", method)).toEqual({ apiKeyRequired: false });
  });

  it("leaves an update to moto where moto can", async () => {
    aws.answer = { body: JSON.stringify({ stageName: "dev", description: "by moto" }) };
    expect(await aws.rest("apigateway", "PATCH", "/restapis/a/stages/dev", { patchOperations: [] })).toMatchObject({
      description: "by moto",
    });
    expect(aws.received).toHaveLength(1);
  });

  it("keeps the binary media types of a REST API, and sends its policy escaped as AWS does", async () => {
    answer({ id: "a", policy: '{"Version":"2012-10-17"}' });
    await aws.rest("apigateway", "POST", "/restapis", { binaryMediaTypes: ["image/png"] });
    expect(await aws.rest("apigateway", "GET", "/restapis/a")).toEqual({
      id: "a",
      binaryMediaTypes: ["image/png"],
      policy: '{\\"Version\\":\\"2012-10-17\\"}',
    });
  });

  it("makes a domain name of an HTTP API available, with a target in its region", async () => {
    answer({ domainName: "api.example.com", domainNameConfigurations: [{}], mutualTlsAuthentication: {} });
    expect(await aws.rest("apigateway", "GET", "/v2/domainnames/api.example.com")).toEqual({
      domainName: "api.example.com",
      domainNameConfigurations: [
        expect.objectContaining({
          domainNameStatus: "AVAILABLE",
          apiGatewayDomainName: expect.stringMatching(/\.execute-api\.us-east-1\.amazonaws\.com$/) as string, // untyped matcher
        }),
      ],
    });
  });

  it("gives an updated quota back in numbers", async () => {
    aws.answer = { body: JSON.stringify({ quota: { limit: "1000", period: "DAY" } }) };
    expect(await aws.rest("apigateway", "GET", "/usageplans/p")).toEqual({
      quota: { limit: 1000, offset: 0, period: "DAY" },
    });
  });
});
