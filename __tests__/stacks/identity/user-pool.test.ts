import { z } from "zod";
import { stageWith, ingresses } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";

const withPool = (userPool: object, ingress: object = ingresses["http-api"]) =>
  new Synthesized(
    stageWith(JSON.parse(JSON.stringify({ ingress: { ...ingress, authorization: { userPool } } })) as object),
  );
const pool = "aws_cognito_user_pool.ingress";
const client = (stack: Synthesized, role: string) =>
  stack.resource(`aws_cognito_user_pool_client.ingress_clients_${role}`);
/** The authenticate-cognito action of the first rule of a stage's ALB. */
function signIn(stack: Synthesized) {
  const rules = Object.values(stack.all("aws_lb_listener_rule"));
  const actions = z.array(z.object({ authenticate_cognito: z.unknown().optional() }));
  return rules.flatMap(({ action }) => actions.parse(action)).find(({ authenticate_cognito: found }) => found)
    ?.authenticate_cognito;
}

describe("a user pool that the stage creates", () => {
  const stack = withPool({ source: "create" });

  it("has long passwords, accounts created by administrators and optional MFA by default", () => {
    expect(stack.resource(pool)).toMatchObject({
      password_policy: { minimum_length: 14, temporary_password_validity_days: 7, require_symbols: true },
      admin_create_user_config: { allow_admin_create_user_only: true },
      mfa_configuration: "OPTIONAL",
      deletion_protection: "INACTIVE",
    });
  });

  it("requires letters of both cases, digits and symbols in passwords", () => {
    expect(stack.resource(pool)).toMatchObject({
      password_policy: {
        require_lowercase: true,
        require_uppercase: true,
        require_numbers: true,
        require_symbols: true,
      },
    });
  });

  it("can have deletion protection, self sign-up and required MFA", () => {
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

  it("does not reveal whether an account exists, and supports token revocation", () => {
    expect(client(stack, "sign_in")).toMatchObject({
      prevent_user_existence_errors: "ENABLED",
      enable_token_revocation: true,
      explicit_auth_flows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      access_token_validity: 60,
      refresh_token_validity: 30,
    });
    expect(client(stack, "sign_in")).not.toHaveProperty("allowed_oauth_flows");
  });

  it("uses the configured validity of temporary passwords and tokens", () => {
    const other = withPool({
      source: "create",
      passwordMinimumLength: 20,
      temporaryPasswordValidityDays: 2,
      accessTokenMinutes: 15,
      refreshTokenDays: 1,
    });
    expect(other.resource(pool)).toMatchObject({
      password_policy: { minimum_length: 20, temporary_password_validity_days: 2 },
    });
    expect(client(other, "sign_in")).toMatchObject({
      access_token_validity: 15,
      id_token_validity: 15,
      refresh_token_validity: 1,
      token_validity_units: [{ access_token: "minutes", id_token: "minutes", refresh_token: "days" }],
    });
  });

  it("uses email addresses as user names, case-insensitively, and recovers accounts by email", () => {
    expect(stack.resource(pool)).toMatchObject({
      name: "shop-users-dev01",
      username_attributes: ["email"],
      username_configuration: { case_sensitive: false },
      auto_verified_attributes: ["email"],
      account_recovery_setting: { recovery_mechanism: [{ name: "verified_email", priority: 1 }] },
    });
  });

  it("has OAuth flows for browsers only with callback URLs", () => {
    const pages = withPool({ source: "create", callbackUrls: ["https://www.example.com/in"] });
    expect(client(pages, "sign_in")).toMatchObject({
      allowed_oauth_flows: ["code"],
      callback_urls: ["https://www.example.com/in"],
    });
  });

  it("lets each client with OAuth flows use them", () => {
    const settings = { source: "create", callbackUrls: ["https://www.example.com/in"], scopes: { read: "Read" } };
    const all = Object.values(withPool(settings, ingresses.alb).all("aws_cognito_user_pool_client"));
    expect(all.map(({ allowed_oauth_flows: flows }) => flows)).toEqual([["code"], ["client_credentials"], ["code"]]);
    for (const each of all) expect(each).toMatchObject({ allowed_oauth_flows_user_pool_client: true });
  });

  it("has a client for machines only with scopes", () => {
    expect(client(stack, "programs")).toBeUndefined();
    const scoped = withPool({ source: "create", scopes: { read: "Read things" } });
    expect(scoped.resource("aws_cognito_resource_server.ingress_user_pool")).toMatchObject({
      identifier: "shop",
      scope: [{ scope_name: "read", scope_description: "Read things" }],
    });
    expect(client(scoped, "programs")).toMatchObject({
      allowed_oauth_flows: ["client_credentials"],
      allowed_oauth_scopes: ["shop/read"],
      generate_secret: true,
      depends_on: ["aws_cognito_resource_server.ingress_user_pool"],
    });
  });

  it("has outputs for the ids of the pool and of the client for users, and no secret", () => {
    const scoped = withPool({ source: "create", scopes: { read: "Read things" } }, ingresses.alb);
    expect(scoped.json.output).toMatchObject({
      user_pool_id: { value: "${aws_cognito_user_pool.ingress.id}" },
      user_pool_client_id: { value: "${aws_cognito_user_pool_client.ingress_clients_sign_in.id}" },
    });
    expect(JSON.stringify(scoped.json)).not.toContain("client_secret");
  });

  it("gives public clients no secret", () => {
    expect(
      client(withPool({ source: "create", callbackUrls: ["https://a.example.com"] }), "sign_in"),
    ).not.toHaveProperty("generate_secret");
  });

  it("has a client for an ALB only where an ALB authenticates users", () => {
    expect(client(stack, "load_balancer")).toBeUndefined();
    expect(signIn(withPool({ source: "create" }, ingresses.alb))).toEqual({
      user_pool_arn: "${aws_cognito_user_pool.ingress.arn}",
      user_pool_client_id: "${aws_cognito_user_pool_client.ingress_clients_load_balancer.id}",
      user_pool_domain: "${aws_cognito_user_pool_domain.ingress.domain}",
    });
  });

  it("has a domain prefix that no other account has", () => {
    const domain = (each: Synthesized) => each.resource("aws_cognito_user_pool_domain.ingress")?.domain;
    expect(domain(stack)).toMatch(/^shop-dev01-[0-9a-f]{6}$/);
    expect(domain(withPool({ source: "create", domainPrefix: "my-shop" }))).toBe("my-shop");
  });

  it("authorizes an HTTP API for its own clients", () => {
    expect(stack.resource("aws_apigatewayv2_authorizer.ingress_api_routes")).toMatchObject({
      authorizer_type: "JWT",
      jwt_configuration: {
        issuer: "https://cognito-idp.us-east-1.amazonaws.com/${aws_cognito_user_pool.ingress.id}",
        audience: ["${aws_cognito_user_pool_client.ingress_clients_sign_in.id}"],
      },
    });
    expect(stack.resource("aws_apigatewayv2_route.ingress_api_any")).toMatchObject({
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

  it("is not changed, and may be in another region", () => {
    expect(stack.all("aws_cognito_user_pool")).toEqual({});
    expect(stack.resource("aws_apigatewayv2_authorizer.ingress_api_routes")).toMatchObject({
      jwt_configuration: {
        issuer: "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC123",
        audience: ["abc123"],
      },
    });
  });

  it("authenticates users at an ALB with its first client and the configured domain", () => {
    const arn = "arn:aws:cognito-idp:us-east-1:111122223333:userpool/us-east-1_AbC123";
    const userPool = { source: "existing", arn, clientIds: ["abc123", "def456"], domain: "login.example.com" };
    expect(signIn(withPool(userPool, ingresses.alb))).toEqual({
      user_pool_arn: arn,
      user_pool_client_id: "abc123",
      user_pool_domain: "login.example.com",
    });
  });
});
