import { stageWith, waysIn } from "../../stage";
import { Synthesized } from "../../synthesized";

const withPool = (userPool: object, ingress: object = waysIn["http-api"]) =>
  new Synthesized(
    stageWith(JSON.parse(JSON.stringify({ ingress: { ...ingress, authorization: { userPool } } })) as object),
  );
const pool = "aws_cognito_user_pool.ingress_api_user-pool_pool";
const client = (stack: Synthesized, role: string) =>
  stack.resource(`aws_cognito_user_pool_client.ingress_api_user-pool_clients_${role}`);

describe("a user pool of the stage's own", () => {
  const stack = withPool({ source: "create" });

  it("is strict by default: long passwords, accounts made by administrators, a second factor for who wants it", () => {
    expect(stack.resource(pool)).toMatchObject({
      password_policy: { minimum_length: 14, temporary_password_validity_days: 7, require_symbols: true },
      admin_create_user_config: { allow_admin_create_user_only: true },
      mfa_configuration: "OPTIONAL",
      deletion_protection: "INACTIVE",
    });
  });

  it("can be protected, opened to everybody, and demand a second factor", () => {
    const other = withPool({ source: "create", deletionProtection: true, selfSignUp: true, mfa: "required" });
    expect(other.resource(pool)).toMatchObject({
      deletion_protection: "ACTIVE",
      admin_create_user_config: { allow_admin_create_user_only: false },
      mfa_configuration: "ON",
      software_token_mfa_configuration: { enabled: true },
    });
    expect(withPool({ source: "create", mfa: "off" }).resource(pool)).not.toHaveProperty(
      "software_token_mfa_configuration",
    );
  });

  it("tells nobody whether an account exists, and can take tokens back", () => {
    expect(client(stack, "people")).toMatchObject({
      prevent_user_existence_errors: "ENABLED",
      enable_token_revocation: true,
      explicit_auth_flows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      access_token_validity: 60,
      refresh_token_validity: 30,
    });
    expect(client(stack, "people")).not.toHaveProperty("allowed_oauth_flows");
  });

  it("has pages for browsers only when they know where to come back", () => {
    const pages = withPool({ source: "create", callbackUrls: ["https://www.example.com/in"] });
    expect(client(pages, "people")).toMatchObject({
      allowed_oauth_flows: ["code"],
      callback_urls: ["https://www.example.com/in"],
    });
  });

  it("has a client for programs only where there are scopes to give them", () => {
    expect(client(stack, "programs")).toBeUndefined();
    const scoped = withPool({ source: "create", scopes: { read: "Read things" } });
    expect(scoped.resource("aws_cognito_resource_server.ingress_api_user-pool_resource-server")).toMatchObject({
      identifier: "shop",
      scope: [{ scope_name: "read", scope_description: "Read things" }],
    });
    expect(client(scoped, "programs")).toMatchObject({
      allowed_oauth_flows: ["client_credentials"],
      allowed_oauth_scopes: ["shop/read"],
      generate_secret: true,
      depends_on: ["aws_cognito_resource_server.ingress_api_user-pool_resource-server"],
    });
  });

  it("has an address that no other account has", () => {
    const domain = (each: Synthesized) =>
      each.resource("aws_cognito_user_pool_domain.ingress_api_user-pool_domain")?.domain;
    expect(domain(stack)).toMatch(/^shop-dev01-[0-9a-f]{6}$/);
    expect(domain(withPool({ source: "create", domainPrefix: "my-shop" }))).toBe("my-shop");
  });

  it("opens an HTTP API to its own clients", () => {
    expect(stack.resource("aws_apigatewayv2_authorizer.ingress_api_routes_authorizer")).toMatchObject({
      authorizer_type: "JWT",
      jwt_configuration: {
        issuer: "https://cognito-idp.us-east-1.amazonaws.com/${aws_cognito_user_pool.ingress_api_user-pool_pool.id}",
        audience: ["${aws_cognito_user_pool_client.ingress_api_user-pool_clients_people.id}"],
      },
    });
    expect(stack.resource("aws_apigatewayv2_route.ingress_api_routes_any")).toMatchObject({
      authorization_type: "JWT",
    });
  });
});

describe("a user pool that exists", () => {
  const stack = withPool({
    source: "existing",
    arn: "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbC123",
    clientIds: ["abc123"],
  });

  it("is left alone, and may be of another region", () => {
    expect(stack.all("aws_cognito_user_pool")).toEqual({});
    expect(stack.resource("aws_apigatewayv2_authorizer.ingress_api_routes_authorizer")).toMatchObject({
      jwt_configuration: {
        issuer: "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC123",
        audience: ["abc123"],
      },
    });
  });
});
