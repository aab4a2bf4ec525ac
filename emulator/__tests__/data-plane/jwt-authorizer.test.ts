import { CreateAuthorizerCommand, UpdateApiCommand } from "@aws-sdk/client-apigatewayv2";
import { emulatorForSuite } from "../running-emulator";
import { echoCommands } from "./deployment";
import { HttpApi } from "./http-api";
import { poolWithUser, tampered, userScope, type PoolWithUser } from "./tokens";

describe("routes of HTTP APIs with a JWT authorizer", () => {
  const aws = emulatorForSuite({ commands: echoCommands });
  const api = new HttpApi(aws);
  let pool: PoolWithUser;
  const withToken = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

  beforeAll(async () => {
    await api.create();
    pool = await poolWithUser(aws);
    const created = await api.client.send(
      new CreateAuthorizerCommand({
        ApiId: api.ApiId,
        Name: "users",
        AuthorizerType: "JWT",
        IdentitySource: ["$request.header.Authorization"],
        JwtConfiguration: { Issuer: pool.issuer, Audience: [pool.clientId] },
      }),
    );
    const authorizer = created.AuthorizerId ?? "";
    const jwt = { AuthorizationType: "JWT", AuthorizerId: authorizer } as const;
    await api.route("GET /mine", jwt);
    await api.route("GET /scoped", { ...jwt, AuthorizationScopes: ["orders/read", userScope] });
    await api.route("ANY /guarded/{proxy+}", jwt);
    await api.route("GET /admin", { ...jwt, AuthorizationScopes: ["orders/admin"] });
  });

  it("allows a token of the user pool for the client", async () => {
    expect((await api.answered("/mine", withToken(pool.accessToken)))[0]).toBe(200);
    expect((await api.answered("/mine", withToken(pool.idToken)))[0]).toBe(200);
  });

  it("allows a token of a user who signs in", async () => {
    const { accessToken } = await aws.signIn(pool.poolId, pool.clientId);
    expect((await api.answered("/mine", withToken(accessToken)))[0]).toBe(200);
  });

  it("refuses a request without a token", async () => {
    expect(await api.answered("/mine")).toEqual([401, '{"message":"Unauthorized"}']);
  });

  it("refuses a token whose signature does not fit", async () => {
    const token = tampered(pool.accessToken, { username: "eve" });
    expect((await api.answered("/mine", withToken(token)))[0]).toBe(401);
  });

  it("refuses a token of another user pool", async () => {
    const other = await poolWithUser(aws);
    const response = await aws.request(`${api.url}/mine`, withToken(other.accessToken));
    expect(response.status).toBe(401);
    expect(response.headers.get("x-emulator-reason")).toBe(`the issuer ${other.issuer} is not allowed`);
  });

  it("refuses a token that has expired", async () => {
    const later = Date.now() + 2 * 3600 * 1000;
    const now = jest.spyOn(Date, "now").mockReturnValue(later);
    const response = await aws.request(`${api.url}/mine`, withToken(pool.accessToken)).finally(() => {
      now.mockRestore();
    });
    expect(response.headers.get("www-authenticate")).toContain("the token has expired");
    expect(response.status).toBe(401);
  });

  it("answers preflight requests without a token, except on routes of any method that have none for OPTIONS", async () => {
    const CorsConfiguration = { AllowOrigins: ["https://shop.example"], AllowMethods: ["*"] };
    await api.client.send(new UpdateApiCommand({ ApiId: api.ApiId, CorsConfiguration }));
    const ask = async (path: string) => {
      const headers = { origin: "https://shop.example", "access-control-request-method": "GET" };
      const { status, headers: answered } = await aws.request(`${api.url}${path}`, { method: "OPTIONS", headers });
      return [status, answered.get("access-control-allow-methods")];
    };
    expect(await ask("/mine")).toEqual([204, "*"]);
    expect(await ask("/guarded/7")).toEqual([401, null]);
    await api.route("OPTIONS /guarded/{proxy+}");
    expect(await ask("/guarded/7")).toEqual([204, "*"]);
  });

  it("requires one of the scopes of the route", async () => {
    expect((await api.answered("/scoped", withToken(pool.accessToken)))[0]).toBe(200);
    expect(await api.answered("/admin", withToken(pool.accessToken))).toEqual([403, '{"message":"Forbidden"}']);
  });
});
