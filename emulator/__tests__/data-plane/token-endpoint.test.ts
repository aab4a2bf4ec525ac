import { createPublicKey, verify } from "node:crypto";
import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateAuthorizerCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
  CreateVpcLinkCommand,
} from "@aws-sdk/client-apigatewayv2";
import {
  CognitoIdentityProviderClient,
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { z } from "zod";
import { emulatorForSuite } from "../running-emulator";
import { Deployment } from "./deployment";

const answer = z.object({ access_token: z.string().default(""), error: z.string().default("") });
const keySet = z.object({ keys: z.array(z.looseObject({ kid: z.string() })) });

describe("the domain of a user pool", () => {
  const aws = emulatorForSuite();
  let poolId = "";
  let clientId = "";
  let secret = "";
  const token = async (
    fields: Readonly<Record<string, string>>,
    clientSecret = secret,
  ): Promise<z.infer<typeof answer>> => {
    const response = await aws.request("https://shop-dev01.auth.us-east-1.amazoncognito.com/oauth2/token", {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`,
      },
      body: new URLSearchParams({ grant_type: "client_credentials", ...fields }).toString(),
    });
    return answer.parse(await response.json());
  };

  beforeAll(async () => {
    const cognito = new CognitoIdentityProviderClient(aws.client());
    poolId = (await cognito.send(new CreateUserPoolCommand({ PoolName: "shop" }))).UserPool?.Id ?? "";
    await cognito.send(new CreateUserPoolDomainCommand({ UserPoolId: poolId, Domain: "shop-dev01" }));
    const scopes = [{ ScopeName: "read", ScopeDescription: "read" }];
    await cognito.send(
      new CreateResourceServerCommand({ UserPoolId: poolId, Identifier: "orders", Name: "orders", Scopes: scopes }),
    );
    const { UserPoolClient } = await cognito.send(
      new CreateUserPoolClientCommand({
        UserPoolId: poolId,
        ClientName: "partner",
        GenerateSecret: true,
        AllowedOAuthFlows: ["client_credentials"],
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthScopes: ["orders/read"],
      }),
    );
    clientId = UserPoolClient?.ClientId ?? "";
    secret = UserPoolClient?.ClientSecret ?? "";
  });

  it("gives a token for client credentials, whose signature fits a key of the issuer", async () => {
    const { access_token } = await token({});
    const issuer = `https://cognito-idp.us-east-1.amazonaws.com/${poolId}`;
    const { keys } = keySet.parse(await (await aws.request(`${issuer}/.well-known/jwks.json`)).json());
    const [head = "", payload = "", signature = ""] = access_token.split(".");
    const decoded = (part: string): unknown => JSON.parse(Buffer.from(part, "base64url").toString());
    const { kid } = z.object({ kid: z.string() }).parse(decoded(head));
    expect(decoded(payload)).toMatchObject({
      iss: issuer,
      client_id: clientId,
      scope: "orders/read",
      token_use: "access",
    });
    const key = createPublicKey({ key: keys.find((candidate) => candidate.kid === kid) ?? {}, format: "jwk" });
    expect(verify("RSA-SHA256", Buffer.from(`${head}.${payload}`), key, Buffer.from(signature, "base64url"))).toBe(
      true,
    );
  });

  it("refuses a wrong secret, another grant and a scope that the client does not have", async () => {
    expect((await token({}, "wrong")).error).toBe("invalid_client");
    expect((await token({ grant_type: "password" })).error).toBe("unsupported_grant_type");
    expect((await token({ scope: "orders/write" })).error).toBe("invalid_scope");
  });

  it("gives tokens that an HTTP API accepts", async () => {
    const client = new ApiGatewayV2Client(aws.client());
    const deployment = new Deployment(aws);
    const balancer = await deployment.balancer(
      "inner",
      [{ Type: "fixed-response", FixedResponseConfig: { StatusCode: "200" } }],
      { scheme: "internal" },
    );
    const { ApiId } = await client.send(new CreateApiCommand({ Name: "shop", ProtocolType: "HTTP" }));
    const SubnetIds = [await deployment.subnet()];
    const SecurityGroupIds = [(await deployment.network).linkGroup];
    const link = await client.send(new CreateVpcLinkCommand({ Name: "link", SubnetIds, SecurityGroupIds }));
    const integration = await client.send(
      new CreateIntegrationCommand({
        ApiId,
        IntegrationType: "HTTP_PROXY",
        IntegrationMethod: "ANY",
        IntegrationUri: balancer.listenerArn,
        ConnectionType: "VPC_LINK",
        ConnectionId: link.VpcLinkId,
        PayloadFormatVersion: "1.0",
      }),
    );
    const authorizer = await client.send(
      new CreateAuthorizerCommand({
        ApiId,
        Name: "partners",
        AuthorizerType: "JWT",
        IdentitySource: ["$request.header.Authorization"],
        JwtConfiguration: { Issuer: `https://cognito-idp.us-east-1.amazonaws.com/${poolId}`, Audience: [clientId] },
      }),
    );
    await client.send(
      new CreateRouteCommand({
        ApiId,
        RouteKey: "GET /orders",
        Target: `integrations/${integration.IntegrationId ?? ""}`,
        AuthorizationType: "JWT",
        AuthorizerId: authorizer.AuthorizerId,
        AuthorizationScopes: ["orders/read"],
      }),
    );
    await client.send(new CreateStageCommand({ ApiId, StageName: "$default", AutoDeploy: true }));
    const { access_token } = await token({});
    const url = `https://${ApiId ?? ""}.execute-api.us-east-1.amazonaws.com/orders`;
    expect((await aws.request(url)).status).toBe(401);
    expect((await aws.request(url, { headers: { authorization: `Bearer ${access_token}` } })).status).toBe(200);
  });
});
