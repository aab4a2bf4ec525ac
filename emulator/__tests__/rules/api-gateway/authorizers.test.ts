import {
  APIGatewayClient,
  CreateAuthorizerCommand as CreateRestAuthorizerCommand,
  CreateRestApiCommand,
} from "@aws-sdk/client-api-gateway";
import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateAuthorizerCommand,
  UpdateAuthorizerCommand,
} from "@aws-sdk/client-apigatewayv2";
import { CognitoIdentityProviderClient, CreateUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";
import { emulatorForSuite, refusal } from "../../running-emulator";

// moto starts in seconds on a busy machine.
jest.setTimeout(60_000);

describe("authorizers of API Gateway", () => {
  const aws = emulatorForSuite();
  let http: ApiGatewayV2Client;

  beforeAll(() => {
    http = new ApiGatewayV2Client(aws.client());
  });

  const httpApi = async (Name: string): Promise<string> => {
    const { ApiId = "" } = await http.send(new CreateApiCommand({ Name, ProtocolType: "HTTP" }));
    return ApiId;
  };
  const jwt = (ApiId: string, Name: string, Issuer = "https://example.com") =>
    http.send(
      new CreateAuthorizerCommand({
        ApiId,
        Name,
        AuthorizerType: "JWT",
        IdentitySource: ["$request.header.Authorization"],
        JwtConfiguration: { Audience: ["client"], Issuer },
      }),
    );

  it("refuses a second authorizer of one name [authorizer-name-in-use]", async () => {
    const [api, other] = [await httpApi("names"), await httpApi("other names")];
    expect([await refusal(jwt(api, "users")), await refusal(jwt(api, "users"))]).toEqual(["", "BadRequestException"]);
    expect([await refusal(jwt(api, "partners")), await refusal(jwt(other, "users"))]).toEqual(["", ""]);

    const rest = new APIGatewayClient(aws.client());
    const { id: restApiId } = await rest.send(new CreateRestApiCommand({ name: "names" }));
    const create = (name: string) => {
      const providerARNs = ["arn:aws:cognito-idp:us-east-1:111122223333:userpool/us-east-1_abc"];
      const settings = { type: "COGNITO_USER_POOLS" as const, providerARNs };
      const identitySource = "method.request.header.Authorization";
      return refusal(rest.send(new CreateRestAuthorizerCommand({ restApiId, name, identitySource, ...settings })));
    };
    expect([await create("users"), await create("users"), await create("partners")]).toEqual([
      "",
      "BadRequestException",
      "",
    ]);
  });

  it("refuses the issuer of a user pool that does not exist [jwt-issuer-exists]", async () => {
    const cognito = new CognitoIdentityProviderClient(aws.client());
    const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: "users" }));
    const issuer = (pool: string) => `https://cognito-idp.us-east-1.amazonaws.com/${pool}`;
    const ApiId = await httpApi("issuers");
    expect(await refusal(jwt(ApiId, "users", issuer("us-east-1_missing")))).toBe("BadRequestException");
    const { AuthorizerId } = await jwt(ApiId, "users", issuer(UserPool?.Id ?? ""));
    const update = (Issuer: string) => {
      const JwtConfiguration = { Audience: ["client"], Issuer };
      return refusal(http.send(new UpdateAuthorizerCommand({ ApiId, AuthorizerId, JwtConfiguration })));
    };
    expect(await update(issuer("us-east-1_missing"))).toBe("BadRequestException");
    expect(await update("https://accounts.example.com")).toBe("");
  });
});
