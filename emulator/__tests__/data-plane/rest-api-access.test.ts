import {
  CreateApiKeyCommand,
  CreateAuthorizerCommand,
  CreateRequestValidatorCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
} from "@aws-sdk/client-api-gateway";
import { emulatorForSuite } from "../running-emulator";
import { echoCommands } from "./deployment";
import { RestApi } from "./rest-api";
import { poolWithUser, userScope, type PoolWithUser } from "./tokens";

describe("access to REST APIs", () => {
  const aws = emulatorForSuite({ commands: echoCommands });
  const api = new RestApi(aws);
  let pool: PoolWithUser;
  let authorizerId = "";

  beforeAll(async () => {
    await api.create();
    pool = await poolWithUser(aws);
    const authorizer = await api.client.send(
      new CreateAuthorizerCommand({
        restApiId: api.restApiId,
        name: "users",
        type: "COGNITO_USER_POOLS",
        providerARNs: [`arn:aws:cognito-idp:us-east-1:111122223333:userpool/${pool.poolId}`],
        identitySource: "method.request.header.Authorization",
      }),
    );
    authorizerId = authorizer.id ?? "";
  });

  it("requires an id token without scopes, and an access token with one of the scopes", async () => {
    const cognito = { authorizationType: "COGNITO_USER_POOLS", authorizerId };
    await api.method(await api.resource("mine"), "GET", "/mine", cognito);
    await api.method(await api.resource("scoped"), "GET", "/scoped", { ...cognito, authorizationScopes: [userScope] });
    await api.method(await api.resource("admin"), "GET", "/admin", {
      ...cognito,
      authorizationScopes: ["orders/admin"],
    });
    await api.deploy();
    const status = async (path: string, authorization: string): Promise<number> =>
      (await api.answered(path, { headers: { authorization } }))[0];
    expect(await api.answered("/mine")).toEqual([401, '{"message":"Unauthorized"}']);
    expect(await status("/mine", pool.idToken)).toBe(200);
    expect(await status("/mine", `Bearer ${pool.idToken}`)).toBe(200);
    expect(await status("/mine", pool.accessToken)).toBe(401);
    expect(await status("/scoped", pool.accessToken)).toBe(200);
    expect(await status("/scoped", pool.idToken)).toBe(401);
    expect(await status("/admin", pool.accessToken)).toBe(401);
    expect(await status("/mine", `${pool.idToken.slice(0, -8)}AAAAAAAA`)).toBe(401);
  });

  it("requires an API key of a usage plan of the stage, and counts its quota", async () => {
    await api.method(await api.resource("keyed"), "GET", "/keyed", { apiKeyRequired: true });
    await api.deploy();
    const key = await api.client.send(new CreateApiKeyCommand({ name: "partner", enabled: true }));
    const headers = { "x-api-key": key.value ?? "" };
    const forbidden = [403, '{"message":"Forbidden"}'];
    expect(await api.answered("/keyed")).toEqual(forbidden);
    expect(await api.answered("/keyed", { headers })).toEqual(forbidden);
    const plan = await api.client.send(
      new CreateUsagePlanCommand({
        name: "partners",
        apiStages: [{ apiId: api.restApiId, stage: "v1" }],
        quota: { limit: 2, period: "DAY" },
      }),
    );
    await api.client.send(new CreateUsagePlanKeyCommand({ usagePlanId: plan.id, keyId: key.id, keyType: "API_KEY" }));
    expect((await api.answered("/keyed", { headers }))[0]).toBe(200);
    expect((await api.answered("/keyed", { headers }))[0]).toBe(200);
    expect(await api.answered("/keyed", { headers })).toEqual([429, '{"message":"Limit Exceeded"}']);
  });

  it("throttles a key by the burst of its usage plan", async () => {
    const key = await api.client.send(new CreateApiKeyCommand({ name: "slow", enabled: true }));
    const plan = await api.client.send(
      new CreateUsagePlanCommand({
        name: "slow",
        apiStages: [{ apiId: api.restApiId, stage: "v1" }],
        throttle: { rateLimit: 0.001, burstLimit: 1 },
      }),
    );
    await api.client.send(new CreateUsagePlanKeyCommand({ usagePlanId: plan.id, keyId: key.id, keyType: "API_KEY" }));
    const headers = { "x-api-key": key.value ?? "" };
    expect((await api.answered("/keyed", { headers }))[0]).toBe(200);
    expect(await api.answered("/keyed", { headers })).toEqual([429, '{"message":"Too Many Requests"}']);
  });

  it("refuses a request without a required parameter, and a body that is not JSON", async () => {
    const validator = await api.client.send(
      new CreateRequestValidatorCommand({
        restApiId: api.restApiId,
        name: "all",
        validateRequestParameters: true,
        validateRequestBody: true,
      }),
    );
    await api.method(await api.resource("checked"), "POST", "/checked", {
      requestValidatorId: validator.id,
      requestParameters: { "method.request.querystring.page": true },
      requestModels: { "application/json": "Empty" },
    });
    await api.deploy();
    const headers = { "content-type": "application/json" };
    expect(await api.answered("/checked", { method: "POST", body: "{}", headers })).toEqual([
      400,
      '{"message":"Missing required request parameters: [page]"}',
    ]);
    const path = "/checked?page=1";
    expect((await api.answered(path, { method: "POST", body: "{", headers }))[1]).toBe(
      '{"message":"Invalid request body"}',
    );
    const response = await aws.request(`${api.url}${path}`, { method: "POST", body: "{}", headers });
    expect(response.status).toBe(200);
    expect(response.headers.get("x-emulator-not-evaluated")).toBe("the JSON schema of the request body");
  });
});
