import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateRestApiCommand,
  GetAuthorizersCommand,
  GetGatewayResponsesCommand,
  GetModelsCommand,
  GetRequestValidatorsCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetRestApisCommand,
  ImportRestApiCommand,
  PutMode,
  PutRestApiCommand,
  UpdateRestApiCommand,
} from "@aws-sdk/client-api-gateway";
import { emulatorForSuite } from "../../running-emulator";

// moto starts in seconds on a busy machine.
jest.setTimeout(60_000);

type Json = Readonly<Record<string, unknown>>;

const http = (method: string, path: string, more: Json = {}) => ({
  type: "http_proxy",
  httpMethod: method,
  uri: `http://example.com${path}`,
  timeoutInMillis: 5000,
  passthroughBehavior: "when_no_match",
  ...more,
});
const operation = (integration: Json, more: Json = {}) => ({
  responses: {},
  "x-amazon-apigateway-integration": integration,
  ...more,
});
const path = (name: string) => ({ name, in: "path", required: true, schema: { type: "string" } });
const pool = "arn:aws:cognito-idp:us-east-1:111122223333:userpool/us-east-1_abc";
const schemes = {
  users: {
    type: "apiKey",
    name: "Authorization",
    in: "header",
    "x-amazon-apigateway-authtype": "cognito_user_pools",
    "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs: [pool] },
  },
  api_key: { type: "apiKey", name: "x-api-key", in: "header" },
};
const documentOf = (paths: Json, more: Json = {}) => ({
  openapi: "3.0.1",
  info: { title: "shop", version: "1" },
  paths,
  ...more,
});

const whole = documentOf(
  {
    "/orders/{id}": {
      "x-amazon-apigateway-any-method": operation(
        http("ANY", "/orders/{id}", {
          requestParameters: { "integration.request.path.id": "method.request.path.id" },
        }),
        { parameters: [path("id")], security: [{ users: ["shop/read"] }, { api_key: [] }] },
      ),
      options: {
        responses: { 204: { description: "", headers: { Vary: { schema: { type: "string" } } } } },
        "x-amazon-apigateway-integration": {
          type: "mock",
          requestTemplates: { "application/json": '{"statusCode":204}' },
          responses: {
            default: { statusCode: "204", responseParameters: { "method.response.header.Vary": "'Origin'" } },
          },
        },
      },
    },
    "/orders": {
      post: operation(http("POST", "/orders"), {
        parameters: [{ name: "page", in: "query", required: true, schema: { type: "string" } }],
        requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Order" } } } },
        "x-amazon-apigateway-request-validator": "all",
      }),
    },
  },
  {
    components: { securitySchemes: schemes, schemas: { Order: { type: "object", required: ["name"] } } },
    "x-amazon-apigateway-request-validators": {
      all: { validateRequestParameters: true, validateRequestBody: true },
    },
    "x-amazon-apigateway-gateway-responses": {
      MISSING_AUTHENTICATION_TOKEN: { statusCode: 404, responseTemplates: { "application/json": "{}" } },
    },
    "x-amazon-apigateway-binary-media-types": ["image/png"],
  },
);

describe("the import of an OpenAPI document", () => {
  const aws = emulatorForSuite();
  let gateway: APIGatewayClient;

  beforeAll(() => {
    gateway = new APIGatewayClient(aws.client());
  });

  const createApi = async () => (await gateway.send(new CreateRestApiCommand({ name: "shop" }))).id ?? "";
  const put = (restApiId: string, document: Json, mode: PutMode = PutMode.Overwrite) =>
    gateway.send(new PutRestApiCommand({ restApiId, mode, body: Buffer.from(JSON.stringify(document)) }));
  const resourcesOf = async (restApiId: string) => {
    const { items = [] } = await gateway.send(new GetResourcesCommand({ restApiId, embed: ["methods"], limit: 500 }));
    return new Map(items.map((resource) => [resource.path, resource]));
  };
  const messageOf = async (call: Promise<unknown>) =>
    call.then(
      () => "",
      (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : ""),
    );

  it("makes what the single calls make", async () => {
    const restApiId = await createApi();
    expect(await put(restApiId, whole)).toMatchObject({ id: restApiId, name: "shop", binaryMediaTypes: ["image/png"] });
    const resources = await resourcesOf(restApiId);
    expect([...resources.keys()].sort()).toEqual(["/", "/orders", "/orders/{id}"]);
    const { items: authorizers = [] } = await gateway.send(new GetAuthorizersCommand({ restApiId }));
    expect(authorizers).toMatchObject([
      {
        name: "users",
        type: "COGNITO_USER_POOLS",
        providerARNs: [pool],
        identitySource: "method.request.header.Authorization",
      },
    ]);
    const { items: validators = [] } = await gateway.send(new GetRequestValidatorsCommand({ restApiId }));
    expect(validators).toMatchObject([{ name: "all", validateRequestBody: true, validateRequestParameters: true }]);
    expect((await gateway.send(new GetModelsCommand({ restApiId }))).items).toMatchObject([
      { name: "Order", contentType: "application/json", schema: '{"type":"object","required":["name"]}' },
    ]);
    const { items: responses = [] } = await gateway.send(new GetGatewayResponsesCommand({ restApiId }));
    expect(responses).toMatchObject([{ responseType: "MISSING_AUTHENTICATION_TOKEN", statusCode: "404" }]);
    expect(resources.get("/orders/{id}")?.resourceMethods).toMatchObject({
      ANY: {
        authorizationType: "COGNITO_USER_POOLS",
        authorizerId: authorizers[0]?.id,
        authorizationScopes: ["shop/read"],
        apiKeyRequired: true,
        requestParameters: { "method.request.path.id": true },
        methodIntegration: {
          type: "HTTP_PROXY",
          httpMethod: "ANY",
          uri: "http://example.com/orders/{id}",
          timeoutInMillis: 5000,
          passthroughBehavior: "WHEN_NO_MATCH",
          requestParameters: { "integration.request.path.id": "method.request.path.id" },
        },
      },
      OPTIONS: {
        authorizationType: "NONE",
        methodResponses: { 204: { responseParameters: { "method.response.header.Vary": false } } },
        methodIntegration: {
          type: "MOCK",
          integrationResponses: { 204: { responseParameters: { "method.response.header.Vary": "'Origin'" } } },
        },
      },
    });
    expect(resources.get("/orders")?.resourceMethods).toMatchObject({
      POST: {
        authorizationType: "NONE",
        requestValidatorId: validators[0]?.id,
        requestModels: { "application/json": "Order" },
        requestParameters: { "method.request.querystring.page": true },
      },
    });
    expect((await gateway.send(new GetRestApisCommand({}))).items?.filter(({ name }) => name === "shop")).toHaveLength(
      1,
    );
  });

  it("overwrites: what the document lacks is gone, and the resources of paths that remain keep their ids", async () => {
    const restApiId = await createApi();
    await put(restApiId, whole);
    const before = await resourcesOf(restApiId);
    await put(restApiId, documentOf({ "/orders/{order_id}": { get: operation(http("GET", "/orders")) } }));
    const after = await resourcesOf(restApiId);
    expect([...after.keys()].sort()).toEqual(["/", "/orders", "/orders/{order_id}"]);
    expect(after.get("/orders")?.id).toBe(before.get("/orders")?.id);
    expect(after.get("/orders")?.resourceMethods ?? {}).toEqual({});
    const remaining = await Promise.all([
      gateway.send(new GetAuthorizersCommand({ restApiId })),
      gateway.send(new GetRequestValidatorsCommand({ restApiId })),
      gateway.send(new GetModelsCommand({ restApiId })),
      gateway.send(new GetGatewayResponsesCommand({ restApiId })),
    ]);
    expect(remaining.flatMap(({ items = [] }): readonly object[] => items)).toEqual([]);
    expect((await gateway.send(new GetRestApiCommand({ restApiId }))).binaryMediaTypes ?? []).toEqual([]);
  });

  it("resets the settings of the API when it overwrites, and keeps them when it merges", async () => {
    const restApiId = await createApi();
    const disable = { op: "replace" as const, path: "/disableExecuteApiEndpoint", value: "true" };
    const document = documentOf({ "/": { get: operation(http("GET", "/")) } });
    await gateway.send(new UpdateRestApiCommand({ restApiId, patchOperations: [disable] }));
    expect(await put(restApiId, document, PutMode.Merge)).toMatchObject({ disableExecuteApiEndpoint: true });
    expect(await put(restApiId, document)).toMatchObject({ disableExecuteApiEndpoint: false });
  });

  it("merges: what the document lacks remains", async () => {
    const restApiId = await createApi();
    await put(restApiId, documentOf({ "/a": { get: operation(http("GET", "/a")) } }));
    await put(
      restApiId,
      documentOf({ "/a": { get: operation(http("GET", "/changed")), put: operation(http("PUT", "/a")) } }),
      PutMode.Merge,
    );
    await put(restApiId, documentOf({ "/b": { get: operation(http("GET", "/b")) } }), PutMode.Merge);
    const resources = await resourcesOf(restApiId);
    expect([...resources.keys()].sort()).toEqual(["/", "/a", "/b"]);
    expect(resources.get("/a")?.resourceMethods).toMatchObject({
      GET: { methodIntegration: { uri: "http://example.com/changed" } },
      PUT: {},
    });
  });

  it("can make a new API", async () => {
    const body = Buffer.from(JSON.stringify(whole));
    const { id: restApiId = "" } = await gateway.send(new ImportRestApiCommand({ body }));
    expect([...(await resourcesOf(restApiId)).keys()].sort()).toEqual(["/", "/orders", "/orders/{id}"]);
  });

  it.each<[string, Json, string]>([
    [
      "an endpoint that is not a URL",
      { "/": { get: operation({ ...http("GET", "/"), uri: "example.com" }) } },
      "Unable to put integration on 'GET' for resource at path '/': Invalid HTTP endpoint specified for URI",
    ],
    [
      "two variables below one path",
      { "/a/{b}": { get: operation(http("GET", "/")) }, "/a/{c}": { get: operation(http("GET", "/")) } },
      "Unable to create resource at path '/a/{c}': A sibling ({b}) of this resource already has a variable path part -- only one is allowed",
    ],
    [
      "a VPC link that does not exist",
      { "/": { get: operation(http("GET", "/", { connectionType: "VPC_LINK", connectionId: "absent" })) } },
      "Unable to put integration on 'GET' for resource at path '/': Invalid VpcLink ID: 'absent'",
    ],
    [
      "a security scheme that it does not define",
      { "/": { get: operation(http("GET", "/"), { security: [{ absent: [] }] }) } },
      "Unable to put method 'GET' for resource at path '/': Invalid security scheme specified: absent",
    ],
    [
      "a request validator that it does not define",
      { "/": { get: operation(http("GET", "/"), { "x-amazon-apigateway-request-validator": "absent" }) } },
      "Unable to put method 'GET' for resource at path '/': Invalid Request Validator identifier specified",
    ],
  ])("refuses %s, and changes nothing", async (_, paths, error) => {
    const restApiId = await createApi();
    await put(restApiId, documentOf({ "/kept": { get: operation(http("GET", "/kept")) } }));
    const call = put(restApiId, documentOf(paths));
    expect(await messageOf(call)).toBe(`BadRequestException: Errors found during import:\n\t${error}`);
    expect([...(await resourcesOf(restApiId)).keys()].sort()).toEqual(["/", "/kept"]);
  });

  it("accepts a method without an integration, with which the API cannot be deployed", async () => {
    const restApiId = await createApi();
    await put(restApiId, documentOf({ "/": { get: { responses: {} } } }));
    expect(await messageOf(gateway.send(new CreateDeploymentCommand({ restApiId })))).toBe(
      "BadRequestException: No integration defined for method",
    );
  });
});
