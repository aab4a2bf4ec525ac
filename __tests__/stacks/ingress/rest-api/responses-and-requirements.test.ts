import { stageWith, stageWithRoutes, ingresses } from "../../../fixtures/stage";
import { Synthesized } from "../../../fixtures/synthesized";

const nlb = ingresses["rest-api via nlb"];
const withIngress = (fields: object, ...routes: Parameters<typeof stageWithRoutes>[1][]) =>
  new Synthesized(stageWithRoutes({ ...nlb, ...fields }, ...(routes.length === 0 ? ["/*"] : routes)));
const withUploads = (fields: object) =>
  new Synthesized(stageWith({ ingress: { ...nlb, waf: {}, ...fields }, data: { uploads: {} } }));
const trigger = (stack: Synthesized) => stack.resource("aws_api_gateway_deployment.ingress")?.triggers;
const method = (stack: Synthesized, id: string) => stack.resource(`aws_api_gateway_method.ingress_routes_${id}`);

describe("gateway responses and preflight requests", () => {
  it("are 404 for a path without a route", () => {
    expect(
      withIngress({}).resource("aws_api_gateway_gateway_response.ingress_errors_missing_authentication_token"),
    ).toMatchObject({ response_type: "MISSING_AUTHENTICATION_TOKEN", status_code: "404" });
  });

  it("include a preflight response for every path, without authorization, when CORS is configured", () => {
    const stack = withIngress({ cors: { allowOrigins: ["https://a.example.com"] } }, "GET /a", "POST /a");
    expect(method(stack, "path_a_preflight")).toMatchObject({ http_method: "OPTIONS", authorization: "NONE" });
    expect(Object.keys(stack.all("aws_api_gateway_method"))).toHaveLength(3);
    const response = "aws_api_gateway_integration_response.ingress_routes_path_a_preflight";
    expect(stack.resource(response)?.response_parameters).toEqual({
      "method.response.header.Access-Control-Allow-Origin": "'https://a.example.com'",
      "method.response.header.Access-Control-Allow-Methods": "'GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS'",
      "method.response.header.Access-Control-Allow-Headers": "'authorization,content-type'",
      "method.response.header.Access-Control-Max-Age": "'600'",
    });
    expect(withIngress({}).all("aws_api_gateway_integration_response")).toEqual({});
  });

  it("contain the caller's origin when several are allowed", () => {
    const stack = withIngress({ cors: { allowOrigins: ["https://a.example.com", "https://b.example.com"] } }, "GET /a");
    const [response] = Object.values(stack.all("aws_api_gateway_integration_response"));
    expect(JSON.stringify(response?.response_templates)).toContain('$origin == \\"https://b.example.com\\"');
    expect(response?.response_parameters).toMatchObject({ "method.response.header.Vary": "'Origin'" });
  });
});

describe("requirements of routes", () => {
  const authorization = { userPool: { source: "create", scopes: { read: "Read" } } };

  it("include a token of the user pool, unless the route is public", () => {
    const stack = withIngress({ authorization }, { route: "GET /health", public: true }, "GET /a");
    expect(method(stack, "path_health_get")).toMatchObject({ authorization: "NONE" });
    expect(method(stack, "path_a_get")).toMatchObject({
      authorization: "COGNITO_USER_POOLS",
      authorizer_id: "${aws_api_gateway_authorizer.ingress_cognito.id}",
    });
    expect(stack.resource("aws_api_gateway_authorizer.ingress_cognito")).toMatchObject({
      type: "COGNITO_USER_POOLS",
      identity_source: "method.request.header.Authorization",
      provider_arns: ["${aws_cognito_user_pool.ingress.arn}"],
    });
  });

  it("can include a scope, by its name in Cognito", () => {
    const stack = withIngress({ authorization }, { route: "GET /a", scopes: ["read"] });
    expect(method(stack, "path_a_get")).toMatchObject({ authorization_scopes: ["shop/read"] });
  });

  it("can include an API key with a usage plan", () => {
    const throttling = { ratePerSecond: 5, burst: 10 };
    const apiKeys = { callers: ["partner"], quota: { limit: 1000, period: "DAY" }, throttling };
    const stack = withIngress({ apiKeys }, { route: "GET /a", apiKey: true }, "GET /b");
    expect(method(stack, "path_a_get")).toMatchObject({ api_key_required: true });
    expect(method(stack, "path_b_get")).toMatchObject({ api_key_required: false });
    expect(stack.resource("aws_api_gateway_usage_plan.ingress_keys_plan")).toMatchObject({
      quota_settings: { limit: 1000, period: "DAY" },
      throttle_settings: { rate_limit: 5, burst_limit: 10 },
    });
    expect(stack.resource("aws_api_gateway_api_key.ingress_keys_partner")).toMatchObject({
      name: "shop-partner-key-dev01",
    });
  });

  it("can include parameters, headers and a body, which API Gateway validates", () => {
    const required = { query: ["page"], headers: ["X-Tenant"], body: { type: "object", required: ["name"] } };
    const stack = withIngress({}, { route: "POST /a", required });
    const [model = ""] = Object.keys(stack.all("aws_api_gateway_model"));
    expect(method(stack, "path_a_post")).toMatchObject({
      request_parameters: { "method.request.querystring.page": true, "method.request.header.X-Tenant": true },
      request_validator_id: "${aws_api_gateway_request_validator.ingress_routes_request_rules.id}",
      request_models: { "application/json": `\${aws_api_gateway_model.${model}.name}` },
    });
  });

  it("are checked by one validator, parameters as well as bodies", () => {
    const required = { query: ["page"], body: { type: "object" } };
    const stack = withIngress({}, { route: "POST /a", required }, { route: "POST /b", required });
    expect(Object.values(stack.all("aws_api_gateway_request_validator"))).toMatchObject([
      { validate_request_parameters: true, validate_request_body: true },
    ]);
  });

  it("can include a body, whose changed model is created before the old one is deleted", () => {
    const models = withIngress({}, { route: "POST /a", required: { body: { type: "object" } } }).all(
      "aws_api_gateway_model",
    );
    expect(Object.values(models)).toMatchObject([{ lifecycle: { create_before_destroy: true } }]);
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

  it("change the deployment", () => {
    const body = (type: string) => ({ route: "POST /a", required: { body: { type } } });
    const all = [
      withIngress({}),
      withIngress({ authorization }),
      withIngress({ cors: { allowOrigins: ["https://a.example.com"] } }),
      withIngress({ cors: { allowOrigins: ["https://b.example.com"] } }),
      withIngress({}, body("object")),
      withIngress({}, body("array")),
    ].map((stack) => JSON.stringify(trigger(stack)));
    expect(new Set(all).size).toBe(all.length);
  });
});

describe("uploads", () => {
  const uploads = { contentTypes: ["image/png"], maximumBytes: 1000 };
  const stack = withUploads({ uploads });
  const integration = stack.resource("aws_api_gateway_integration.ingress_uploads");

  it("are written to the bucket by a role that has no other permission", () => {
    expect(integration).toMatchObject({
      type: "AWS",
      uri: "arn:${data.aws_partition.ingress_api_uploads.partition}:apigateway:us-east-1:s3:path/${aws_s3_bucket.data_uploads.id}/{key}",
      credentials: "${aws_iam_role.ingress_api_uploads_writer.arn}",
    });
    expect(stack.json.data.aws_iam_policy_document?.ingress_api_uploads_writer_permissions).toEqual({
      statement: [{ actions: ["s3:PutObject"], resources: ["${aws_s3_bucket.data_uploads.arn}/*"] }],
    });
  });

  it("must have a name and a content type", () => {
    const upload = stack.resource("aws_api_gateway_method.ingress_uploads");
    const [[id, validator] = []] = Object.entries(stack.all("aws_api_gateway_request_validator"));
    expect(upload).toMatchObject({
      request_validator_id: `\${aws_api_gateway_request_validator.${id}.id}`,
      request_parameters: { "method.request.path.key": true, "method.request.header.Content-Type": true },
    });
    expect(validator).toMatchObject({ validate_request_parameters: true });
  });

  it("never overwrite objects", () => {
    expect(integration?.request_parameters).toMatchObject({ "integration.request.header.If-None-Match": "'*'" });
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
    const response = (status: string) =>
      stack.resource(`aws_api_gateway_integration_response.ingress_uploads_status_${status}`);
    expect(response("200")).toMatchObject({
      selection_pattern: "2\\d{2}",
      response_parameters: { "method.response.header.ETag": "integration.response.header.ETag" },
    });
    expect(response("502")).not.toHaveProperty("selection_pattern");
  });

  it("use the authorizer, unless they are public", () => {
    const authorization = { userPool: { source: "create" } };
    const put = "aws_api_gateway_method.ingress_uploads";
    expect(withUploads({ uploads, authorization }).resource(put)).toMatchObject({
      authorization: "COGNITO_USER_POOLS",
    });
    const open = { ...uploads, public: true };
    expect(withUploads({ uploads: open, authorization }).resource(put)).toMatchObject({
      authorization: "NONE",
    });
  });

  it("report that a name is taken, without S3's message", () => {
    const response = stack.resource("aws_api_gateway_integration_response.ingress_uploads_status_409");
    expect(response).toMatchObject({ selection_pattern: "409|412" });
    expect(JSON.stringify(response?.response_templates)).toContain("There is an upload of this name");
  });
});
