import {
  APIGatewayClient,
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  CreateModelCommand,
  CreateRequestValidatorCommand,
  CreateStageCommand,
  DeleteMethodResponseCommand,
  PutIntegrationResponseCommand,
  PutMethodResponseCommand,
  UpdateIntegrationCommand,
  UpdateIntegrationResponseCommand,
  UpdateMethodCommand,
  UpdateModelCommand,
  UpdateResourceCommand,
} from "@aws-sdk/client-api-gateway";
import { emulatorForSuite, refusal } from "../../running-emulator";
import { RestApi } from "./rest-api";

const replace = (...changes: readonly [path: string, value: string][]) =>
  changes.map(([path, value]) => ({ op: "replace" as const, path, value }));

describe("the resources and methods of REST APIs", () => {
  const aws = emulatorForSuite();
  let client: APIGatewayClient;

  beforeAll(() => {
    client = new APIGatewayClient(aws.client());
  });

  it("refuses a resource below a greedy one [resource-below-greedy]", async () => {
    const api = await RestApi.create(client, "greedy");
    const greedy = await api.resource("{proxy+}");
    expect(await refusal(api.resource("orders", greedy))).toBe("BadRequestException");
    expect(await refusal(api.resource("items", await api.resource("orders")))).toBe("");
  });

  it("refuses a new name of a resource that a sibling has [resource-name-in-use] [resource-second-variable]", async () => {
    const api = await RestApi.create(client, "renamed");
    const resourceId = await api.resource("orders");
    await api.resource("items");
    await api.resource("{id}");
    const rename = (name: string) => {
      const patchOperations = replace(["/pathPart", name]);
      return refusal(client.send(new UpdateResourceCommand({ ...api.method, resourceId, patchOperations })));
    };
    expect(await rename("items")).toBe("ConflictException");
    expect(await rename("{order}")).toBe("BadRequestException");
    expect(await rename("orders")).toBe("");
  });

  it("refuses an authorizer of another API, and authorization without one [method-authorizer-exists]", async () => {
    const [api, other] = [await RestApi.create(client, "own"), await RestApi.create(client, "other")];
    const authorizer = async ({ restApiId }: RestApi) => {
      const identitySource = "method.request.header.Authorization";
      const providerARNs = ["arn:aws:cognito-idp:us-east-1:111122223333:userpool/us-east-1_abc"];
      const settings = { name: "users", type: "COGNITO_USER_POOLS" as const, identitySource, providerARNs };
      return (await client.send(new CreateAuthorizerCommand({ restApiId, ...settings }))).id ?? "";
    };
    const authorizationType = "COGNITO_USER_POOLS";
    const foreign = { authorizationType, authorizerId: await authorizer(other) };
    expect(await refusal(api.putMethod(foreign))).toBe("BadRequestException");
    expect(await refusal(api.putMethod())).toBe("");
    const update = (...changes: readonly [path: string, value: string][]) =>
      refusal(client.send(new UpdateMethodCommand({ ...api.method, patchOperations: replace(...changes) })));
    expect(await update(["/authorizationType", authorizationType])).toBe("BadRequestException");
    expect(await update(["/authorizerId", foreign.authorizerId])).toBe("");
    const own = await authorizer(api);
    expect(await update(["/authorizationType", authorizationType], ["/authorizerId", own])).toBe("");
    expect(await update(["/authorizerId", "abcdef"])).toBe("BadRequestException");
    expect(await update(["/authorizationType", "NONE"])).toBe("");
  });

  it("refuses a validator and a model that the API does not have [method-validator-exists] [method-model-exists]", async () => {
    const api = await RestApi.create(client, "validated");
    const { restApiId } = api;
    const json = (name: string) => ({ requestModels: { "application/json": name } });
    expect(await refusal(api.putMethod({ requestValidatorId: "abcdef" }))).toBe("BadRequestException");
    expect(await refusal(api.putMethod(json("Order")))).toBe("BadRequestException");
    const { id } = await client.send(new CreateRequestValidatorCommand({ restApiId, name: "all" }));
    expect(await refusal(api.putMethod({ requestValidatorId: id, ...json("Empty") }))).toBe("");
    const update = (path: string, value: string) =>
      refusal(client.send(new UpdateMethodCommand({ ...api.method, patchOperations: replace([path, value]) })));
    expect(await update("/requestModels/application~1json", "Order")).toBe("BadRequestException");
    expect(await update("/requestValidatorId", "abcdef")).toBe("BadRequestException");
    const model = new CreateModelCommand({ restApiId, name: "Order", contentType: "application/json", schema: "{}" });
    await client.send(model);
    expect(await update("/requestModels/application~1json", "Order")).toBe("");
  });

  it("refuses a model of a response that the API does not have [method-model-exists]", async () => {
    const api = await RestApi.create(client, "responses");
    await api.putMethod();
    const put = (statusCode: string, name: string) => {
      const responseModels = { "application/json": name };
      return refusal(client.send(new PutMethodResponseCommand({ ...api.method, statusCode, responseModels })));
    };
    expect([await put("200", "Order"), await put("200", "Empty")]).toEqual(["BadRequestException", ""]);
  });

  it("refuses a schema that is not JSON in a changed model of JSON [model-schema-changed]", async () => {
    const { restApiId } = await RestApi.create(client, "schemas");
    const change = async (name: string, contentType: string) => {
      await client.send(new CreateModelCommand({ restApiId, name, contentType, schema: "{}" }));
      const update = (value: string) => {
        const patchOperations = replace(["/schema", value]);
        return refusal(client.send(new UpdateModelCommand({ restApiId, modelName: name, patchOperations })));
      };
      return [await update("{"), await update('{"type":"object"}')];
    };
    expect(await change("Order", "application/json")).toEqual(["BadRequestException", ""]);
    expect(await change("Page", "text/html")).toEqual(["", ""]);
  });

  it("refuses a second model of one name [model-name-in-use]", async () => {
    const create = ({ restApiId }: RestApi) =>
      refusal(
        client.send(
          new CreateModelCommand({ restApiId, name: "Order", contentType: "application/json", schema: "{}" }),
        ),
      );
    const api = await RestApi.create(client, "models");
    expect(await create(api)).toBe("");
    expect(await create(api)).toBe("ConflictException");
    expect(await create(await RestApi.create(client, "other models"))).toBe("");
  });

  it("refuses an integration with parameters that its method does not have [integration-parameter-declared]", async () => {
    const api = await RestApi.create(client, "parameters");
    await api.putMethod({ requestParameters: { "method.request.querystring.page": false } });
    const put = (source: string) =>
      refusal(api.putIntegration({ requestParameters: { "integration.request.querystring.p": source } }));
    expect(await put("method.request.querystring.size")).toBe("BadRequestException");
    expect(await put("method.request.header.page")).toBe("BadRequestException");
    expect(await put("method.request.multivaluequerystring.page")).toBe("");
    expect(await put("method.request.body.page")).toBe("");
    expect(await put("context.stage")).toBe("");
    const update = (source: string) => {
      const patchOperations = replace(["/requestParameters/integration.request.querystring.p", source]);
      return refusal(client.send(new UpdateIntegrationCommand({ ...api.method, patchOperations })));
    };
    expect(await update("method.request.path.page")).toBe("BadRequestException");
    expect(await update("method.request.querystring.page")).toBe("");
  });

  it("refuses an integration response with headers that the method response does not have [integration-response-parameter-declared]", async () => {
    const api = await RestApi.create(client, "headers");
    await api.putMethod();
    await api.putIntegration({ type: "MOCK" });
    const put = (statusCode: string, responseParameters?: Record<string, string>) =>
      refusal(client.send(new PutIntegrationResponseCommand({ ...api.method, statusCode, responseParameters })));
    const [etag, vary] = ["method.response.header.ETag", "method.response.header.Vary"];
    expect(await put("200", { [etag]: "'a'" })).toBe("BadRequestException");
    expect(await put("200")).toBe("");
    const response = { ...api.method, statusCode: "200", responseParameters: { [etag]: true } };
    await client.send(new PutMethodResponseCommand(response));
    expect(await put("200", { [vary]: "'a'" })).toBe("BadRequestException");
    expect(await put("200", { [etag]: "'a'" })).toBe("");
    const update = (name: string) => {
      const patchOperations = replace([`/responseParameters/${name}`, "'b'"]);
      return refusal(
        client.send(new UpdateIntegrationResponseCommand({ ...api.method, statusCode: "200", patchOperations })),
      );
    };
    expect(await update(vary)).toBe("BadRequestException");
    expect(await update(etag)).toBe("");
  });

  it("refuses a second response of one status [method-response-in-use]", async () => {
    const api = await RestApi.create(client, "responses");
    await api.putMethod();
    const response = { ...api.method, statusCode: "200" };
    const put = () => refusal(client.send(new PutMethodResponseCommand(response)));
    expect(await put()).toBe("");
    expect(await put()).toBe("ConflictException");
    await client.send(new DeleteMethodResponseCommand(response));
    expect(await put()).toBe("");
  });

  it("refuses to change an integration to what its type cannot have [integration-endpoint-changed] [integration-timeout-changed]", async () => {
    const api = await RestApi.create(client, "changed");
    await api.putMethod();
    await api.putIntegration();
    const update = (path: string, value: string) =>
      refusal(client.send(new UpdateIntegrationCommand({ ...api.method, patchOperations: replace([path, value]) })));
    expect(await update("/uri", "arn:aws:lambda:us-east-1:111122223333:function:f")).toBe("BadRequestException");
    expect(await update("/uri", "https://example.com/orders")).toBe("");
    expect(await update("/timeoutInMillis", "29001")).toBe("BadRequestException");
    expect(await update("/timeoutInMillis", "29000")).toBe("");
    await api.putIntegration({ responseTransferMode: "STREAM" });
    expect(await update("/timeoutInMillis", "60000")).toBe("");
  });

  it("refuses a canary release of a stage that does not exist [canary-stage-exists]", async () => {
    const api = await RestApi.create(client, "canary");
    const { restApiId } = api;
    await api.putMethod();
    await api.putIntegration({ type: "MOCK" });
    const { id: deploymentId } = await client.send(new CreateDeploymentCommand({ restApiId }));
    const canarySettings = { percentTraffic: 10 };
    const release = () =>
      refusal(client.send(new CreateDeploymentCommand({ restApiId, stageName: "one", canarySettings })));
    expect(await release()).toBe("BadRequestException");
    await client.send(new CreateStageCommand({ restApiId, deploymentId, stageName: "one" }));
    expect(await release()).toBe("");
  });

  it("refuses a stage of another API's deployment [stage-deployment-exists]", async () => {
    const [api, other] = [await RestApi.create(client, "staged"), await RestApi.create(client, "other staged")];
    const deploymentOf = async (each: RestApi) => {
      await each.putMethod();
      await each.putIntegration({ type: "MOCK" });
      return (await client.send(new CreateDeploymentCommand({ restApiId: each.restApiId }))).id;
    };
    const [own, foreign] = [await deploymentOf(api), await deploymentOf(other)];
    const stage = (deploymentId?: string) =>
      refusal(client.send(new CreateStageCommand({ restApiId: api.restApiId, deploymentId, stageName: "one" })));
    expect(await stage(foreign)).toBe("BadRequestException");
    expect(await stage(own)).toBe("");
  });
});
