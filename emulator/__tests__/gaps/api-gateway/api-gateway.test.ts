import { fakeAwsForEachTest, notImplemented } from "../../fake-aws";

const method = "/restapis/a/resources/r/methods/ANY";

describe("the gaps of API Gateway", () => {
  const aws = fakeAwsForEachTest();
  const replyWith = (body: object) => {
    aws.reply = ({ method: verb }) => (verb === "PATCH" ? notImplemented : { body: JSON.stringify(body) });
  };

  it("returns the VPC link of an integration in every reply that contains the integration", async () => {
    replyWith({ uri: "http://nlb" });
    await aws.rest("apigateway", "PUT", `${method}/integration`, { connectionId: "link", uri: "http://nlb" });
    expect(await aws.rest("apigateway", "GET", `${method}/integration`)).toMatchObject({ connectionId: "link" });
    replyWith({ methodIntegration: { uri: "http://nlb" } });
    expect(await aws.rest("apigateway", "GET", method)).toEqual({
      methodIntegration: { uri: "http://nlb", connectionId: "link" },
    });
    replyWith({ item: [{ id: "r", resourceMethods: { ANY: { methodIntegration: {} } } }, { id: "root" }] });
    expect(await aws.rest("apigateway", "GET", "/restapis/a/resources?embed=methods")).toEqual({
      item: [{ id: "r", resourceMethods: { ANY: { methodIntegration: { connectionId: "link" } } } }, { id: "root" }],
    });
  });

  it("applies an update that moto does not implement to all later replies", async () => {
    replyWith({ uri: "http://old", timeoutInMillis: 29000, integrationResponses: { 200: {} } });
    const patchOperations = [{ op: "replace", path: "/timeoutInMillis", value: "20000" }];
    await aws.rest("apigateway", "PATCH", `${method}/integration`, { patchOperations });
    expect(await aws.rest("apigateway", "GET", `${method}/integration`)).toEqual({
      uri: "http://old",
      timeoutInMillis: 20000,
      integrationResponses: { 200: {} },
    });
    expect(aws.unanswered).toEqual([]);
  });

  it("discards an update when the resource is deleted", async () => {
    replyWith({ apiKeyRequired: false });
    const patchOperations = [{ op: "replace", path: "/apiKeyRequired", value: "true" }];
    await aws.rest("apigateway", "PATCH", method, { patchOperations });
    expect(await aws.rest("apigateway", "GET", method)).toEqual({ apiKeyRequired: true });
    await aws.rest("apigateway", "DELETE", method);
    expect(await aws.rest("apigateway", "GET", method)).toEqual({ apiKeyRequired: false });
  });

  it("does not apply an update that moto implements", async () => {
    aws.reply = { body: JSON.stringify({ stageName: "dev", description: "by moto" }) };
    const patchOperations = [{ op: "replace", path: "/description", value: "sent" }];
    expect(await aws.rest("apigateway", "PATCH", "/restapis/a/stages/dev", { patchOperations })).toMatchObject({
      description: "by moto",
    });
    expect(aws.received.map(({ method }) => method)).toEqual(["GET", "PATCH", "GET"]);
  });

  it("returns the binary media types of a REST API, and its policy escaped as AWS does", async () => {
    replyWith({ id: "a", policy: '{"Version":"2012-10-17"}' });
    await aws.rest("apigateway", "POST", "/restapis", { binaryMediaTypes: ["image/png"] });
    expect(await aws.rest("apigateway", "GET", "/restapis/a")).toEqual({
      id: "a",
      binaryMediaTypes: ["image/png"],
      policy: '{\\"Version\\":\\"2012-10-17\\"}',
    });
  });

  it("returns the domain name of an HTTP API as available, with a target in its region", async () => {
    replyWith({ domainName: "api.example.com", domainNameConfigurations: [{}], mutualTlsAuthentication: {} });
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

  it("deletes the settings of a route from all later replies", async () => {
    const stage = "/v2/apis/a/stages/%24default";
    replyWith({ stageName: "$default", routeSettings: { "GET /a": { throttlingBurstLimit: 1 }, "GET /b": {} } });
    await aws.call("apigateway", `${stage}/routesettings/GET%20%2Fa`, { method: "DELETE" });
    expect(await aws.rest("apigateway", "GET", stage)).toEqual({
      stageName: "$default",
      routeSettings: { "GET /b": {} },
    });
    expect(aws.unanswered).toEqual([]);
  });

  it("returns an updated quota as numbers", async () => {
    aws.reply = { body: JSON.stringify({ quota: { limit: "1000", period: "DAY" } }) };
    expect(await aws.rest("apigateway", "GET", "/usageplans/p")).toEqual({
      quota: { limit: 1000, offset: 0, period: "DAY" },
    });
  });
});
