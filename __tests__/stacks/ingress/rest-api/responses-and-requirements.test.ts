import { stageWith, stageWithRoutes, ingresses } from "../../../fixtures/stage";
import { documentOf, integrationOf, operationsOf } from "../../../fixtures/rest-document";
import { Synthesized } from "../../../fixtures/synthesized";

const nlb = ingresses["rest-api via nlb"];
const withIngress = (fields: object, ...routes: Parameters<typeof stageWithRoutes>[1][]) =>
  new Synthesized(stageWithRoutes({ ...nlb, ...fields }, ...(routes.length === 0 ? ["/*"] : routes)));
const withUploads = (fields: object) =>
  new Synthesized(stageWith({ ingress: { ...nlb, waf: {}, ...fields }, data: { uploads: {} } }));
const responseOf = (stack: Synthesized, method: string, pattern: string): unknown =>
  Object.fromEntries(Object.entries(integrationOf(stack, method).responses ?? {}))[pattern];

describe("gateway responses and preflight requests", () => {
  it("are 404 for a path without a route", () => {
    expect(documentOf(withIngress({}))["x-amazon-apigateway-gateway-responses"]).toEqual({
      MISSING_AUTHENTICATION_TOKEN: {
        statusCode: "404",
        responseTemplates: { "application/json": '{"message":"Not Found"}' },
        responseParameters: {},
      },
    });
  });

  it("include a preflight response for every path, without authorization, when CORS is configured", () => {
    const stack = withIngress({ cors: { allowOrigins: ["https://a.example.com"] } }, "GET /a", "POST /a");
    expect(Object.keys(operationsOf(stack))).toEqual(["GET /a", "POST /a", "OPTIONS /a"]);
    expect(operationsOf(stack)["OPTIONS /a"]).not.toHaveProperty("security");
    expect(integrationOf(stack, "OPTIONS /a")).toMatchObject({
      type: "mock",
      requestTemplates: { "application/json": '{"statusCode":204}' },
    });
    const headers = {
      "Access-Control-Allow-Origin": "'https://a.example.com'",
      "Access-Control-Allow-Methods": "'GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS'",
      "Access-Control-Allow-Headers": "'authorization,content-type'",
      "Access-Control-Max-Age": "'600'",
    };
    expect(responseOf(stack, "OPTIONS /a", "default")).toMatchObject({
      statusCode: "204",
      responseParameters: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, value]),
      ),
    });
    const declared = Object.fromEntries(Object.keys(headers).map((name) => [name, { schema: { type: "string" } }]));
    expect(operationsOf(stack)["OPTIONS /a"]?.responses).toMatchObject({ 204: { headers: declared } });
    expect(Object.keys(operationsOf(withIngress({}, "GET /a")))).toEqual(["GET /a"]);
  });

  it("show the page the errors of the API when CORS is configured", () => {
    const responses = documentOf(withIngress({ cors: { allowOrigins: ["https://a.example.com"] } }))[
      "x-amazon-apigateway-gateway-responses"
    ];
    const parameters = { "gatewayresponse.header.Access-Control-Allow-Origin": "'https://a.example.com'" };
    for (const type of ["MISSING_AUTHENTICATION_TOKEN", "DEFAULT_4XX", "DEFAULT_5XX"]) {
      expect(responses[type]).toMatchObject({ responseParameters: parameters });
    }
  });

  it("contain the caller's origin when several are allowed", () => {
    const stack = withIngress({ cors: { allowOrigins: ["https://a.example.com", "https://b.example.com"] } }, "GET /a");
    const response = responseOf(stack, "OPTIONS /a", "default");
    expect(JSON.stringify(response)).toContain('$origin == \\\"https://b.example.com\\\"');
    expect(response).toMatchObject({
      responseParameters: { "method.response.header.Vary": "'Origin'" },
    });
  });
});

describe("requirements of routes", () => {
  const authorization = { userPool: { source: "create", scopes: { read: "Read" } } };

  it("include a token of the user pool, unless the route is public", () => {
    const stack = withIngress({ authorization }, { route: "GET /health", public: true }, "GET /a");
    expect(operationsOf(stack)["GET /health"]).not.toHaveProperty("security");
    expect(operationsOf(stack)["GET /a"]).toMatchObject({ security: [{ "shop-authorizer-dev01": [] }] });
    expect(documentOf(stack).components.securitySchemes["shop-authorizer-dev01"]).toEqual({
      type: "apiKey",
      name: "Authorization",
      in: "header",
      "x-amazon-apigateway-authtype": "cognito_user_pools",
      "x-amazon-apigateway-authorizer": {
        type: "cognito_user_pools",
        providerARNs: ["${aws_cognito_user_pool.ingress.arn}"],
      },
    });
  });

  it("can include a scope, by its name in Cognito", () => {
    const stack = withIngress({ authorization }, { route: "GET /a", scopes: ["read"] });
    expect(operationsOf(stack)["GET /a"]).toMatchObject({ security: [{ "shop-authorizer-dev01": ["shop/read"] }] });
  });

  it("can include an API key with a usage plan", () => {
    const throttling = { ratePerSecond: 5, burst: 10 };
    const apiKeys = { callers: ["partner"], quota: { limit: 1000, period: "DAY" }, throttling };
    const stack = withIngress({ apiKeys }, { route: "GET /a", apiKey: true }, "GET /b");
    expect(operationsOf(stack)["GET /a"]).toMatchObject({ security: [{ api_key: [] }] });
    expect(operationsOf(stack)["GET /b"]).not.toHaveProperty("security");
    expect(documentOf(stack).components.securitySchemes.api_key).toEqual({
      type: "apiKey",
      name: "x-api-key",
      in: "header",
    });
    expect(stack.resource("aws_api_gateway_usage_plan.ingress_keys_plan")).toMatchObject({
      quota_settings: { limit: 1000, period: "DAY" },
      throttle_settings: { rate_limit: 5, burst_limit: 10 },
    });
    expect(stack.resource("aws_api_gateway_api_key.ingress_keys_partner")).toMatchObject({
      name: "shop-partner-key-dev01",
    });
  });

  it("can include an API key beside a token", () => {
    const apiKeys = {
      callers: ["partner"],
      quota: { limit: 1, period: "DAY" },
      throttling: { ratePerSecond: 5, burst: 10 },
    };
    const stack = withIngress({ apiKeys, authorization }, { route: "GET /a", apiKey: true });
    expect(operationsOf(stack)["GET /a"]).toMatchObject({
      security: [{ "shop-authorizer-dev01": [] }, { api_key: [] }],
    });
  });

  it("can include parameters, headers and a body, which API Gateway validates", () => {
    const body = { type: "object", required: ["name"] };
    const required = { query: ["page"], headers: ["X-Tenant"], body };
    const stack = withIngress({}, { route: "POST /a", required });
    const [[model, schema] = []] = Object.entries(documentOf(stack).components.schemas);
    expect(schema).toEqual(body);
    expect(model).toMatch(/^[A-Za-z0-9]+$/);
    expect(operationsOf(stack)["POST /a"]).toMatchObject({
      parameters: [
        { name: "page", in: "query", required: true },
        { name: "X-Tenant", in: "header", required: true },
      ],
      requestBody: {
        required: true,
        content: { "application/json": { schema: { $ref: `#/components/schemas/${model}` } } },
      },
      "x-amazon-apigateway-request-validator": "parameters-and-body",
    });
  });

  it("are checked by one validator, parameters as well as bodies", () => {
    const required = { query: ["page"], body: { type: "object" } };
    const stack = withIngress({}, { route: "POST /a", required }, { route: "POST /b", required });
    expect(documentOf(stack)["x-amazon-apigateway-request-validators"]).toEqual({
      "parameters-and-body": { validateRequestParameters: true, validateRequestBody: true },
    });
    expect(Object.keys(documentOf(stack).components.schemas)).toHaveLength(1);
  });

  it("can include a lower rate than the rest of the API", () => {
    const throttling = { ratePerSecond: 1, burst: 2 };
    const settings = Object.values(
      withIngress({}, { route: "POST /a/{b}", throttling }).all("aws_api_gateway_method_settings"),
    );
    expect(settings).toContainEqual(
      expect.objectContaining({
        method_path: "~1a~1{b}/POST",
        settings: expect.objectContaining({
          throttling_rate_limit: 1,
          throttling_burst_limit: 2,
          metrics_enabled: true,
        }) as object,
      }),
    );
  });

  it("change the document", () => {
    const body = (type: string) => ({ route: "POST /a", required: { body: { type } } });
    const all = [
      withIngress({}),
      withIngress({ authorization }),
      withIngress({ cors: { allowOrigins: ["https://a.example.com"] } }),
      withIngress({ cors: { allowOrigins: ["https://b.example.com"] } }),
      withIngress({}, body("object")),
      withIngress({}, body("array")),
    ].map((stack) => JSON.stringify(documentOf(stack)));
    expect(new Set(all).size).toBe(all.length);
  });
});

describe("uploads", () => {
  const uploads = { contentTypes: ["image/png"], maximumBytes: 1000 };
  const stack = withUploads({ uploads });
  const put = "PUT /upload/{key}";
  const integration = integrationOf(stack, put);

  it("are written to the bucket by a role that has no other permission", () => {
    expect(integration).toMatchObject({
      type: "aws",
      uri: "arn:${data.aws_partition.ingress_api_uploads.partition}:apigateway:us-east-1:s3:path/${aws_s3_bucket.data_uploads.id}/{key}",
      credentials: "${aws_iam_role.ingress_api_uploads_writer.arn}",
    });
    expect(stack.json.data.aws_iam_policy_document?.ingress_api_uploads_writer_permissions).toEqual({
      statement: [{ actions: ["s3:PutObject"], resources: ["${aws_s3_bucket.data_uploads.arn}/*"] }],
    });
  });

  it("must have a name and a content type", () => {
    expect(operationsOf(stack)[put]).toMatchObject({
      parameters: [
        { name: "key", in: "path", required: true },
        { name: "Content-Type", in: "header", required: true },
      ],
      "x-amazon-apigateway-request-validator": "uploads",
    });
    expect(documentOf(stack)["x-amazon-apigateway-request-validators"].uploads).toEqual({
      validateRequestParameters: true,
      validateRequestBody: false,
    });
  });

  it("never overwrite objects", () => {
    expect(integration.requestParameters).toMatchObject({ "integration.request.header.If-None-Match": "'*'" });
  });

  it("are passed as binary", () => {
    expect(stack.resource("aws_api_gateway_rest_api.ingress")).toMatchObject({
      binary_media_types: ["image/png"],
    });
    const both = withUploads({ uploads, binaryMediaTypes: ["image/png", "font/woff2"] });
    expect(both.resource("aws_api_gateway_rest_api.ingress")).toMatchObject({
      binary_media_types: ["image/png", "font/woff2"],
    });
  });

  it("are confirmed only when S3 confirms them, with their ETag", () => {
    expect(responseOf(stack, put, "2\\d{2}")).toMatchObject({
      statusCode: "200",
      responseParameters: { "method.response.header.ETag": "integration.response.header.ETag" },
    });
    expect(operationsOf(stack)[put]?.responses).toMatchObject({ 200: { headers: { ETag: {} } } });
    expect(responseOf(stack, put, "default")).toMatchObject({ statusCode: "502" });
  });

  it("use the authorizer, unless they are public", () => {
    const authorization = { userPool: { source: "create" } };
    expect(operationsOf(withUploads({ uploads, authorization }))[put]).toHaveProperty("security");
    const open = { ...uploads, public: true };
    expect(operationsOf(withUploads({ uploads: open, authorization }))[put]).not.toHaveProperty("security");
  });

  it("report that a name is taken, without S3's message", () => {
    expect(responseOf(stack, put, "409|412")).toMatchObject({
      statusCode: "409",
      responseTemplates: { "application/json": '{"message":"There is an upload of this name"}' },
    });
  });
});
