import { ECSClient, ListClustersCommand } from "@aws-sdk/client-ecs";
import { CreateOpenIDConnectProviderCommand, CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { AssumeRoleWithWebIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { emulatorForSuite, refusal } from "../running-emulator";
import { idToken } from "./tokens";

const account = "111122223333";
const issuer = "https://gitlab.example.com";
const deploy = `arn:aws:iam::${account}:role/deploy`;
const admin = `arn:aws:iam::${account}:role/pipeline/admin`;
const claims = {
  iss: issuer,
  aud: "aws",
  sub: "project_path:shop/orders:ref_type:branch:ref:main",
  iat: Math.floor(Date.now() / 1000),
  exp: Math.floor(Date.now() / 1000) + 3600,
};

describe("a role that an ID token assumes", () => {
  const aws = emulatorForSuite({
    roles: [{ arn: admin, webIdentity: { issuer: "https://gitlab.com", audience: "https://gitlab.com" } }],
  });

  beforeAll(async () => {
    const iam = new IAMClient(aws.client());
    await iam.send(new CreateOpenIDConnectProviderCommand({ Url: issuer, ClientIDList: ["aws", "other"] }));
    const condition = {
      StringEquals: { "gitlab.example.com:aud": "aws" },
      StringLike: { "gitlab.example.com:sub": "project_path:shop/*:ref_type:branch:ref:main" },
    };
    const statement = {
      Effect: "Allow",
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/gitlab.example.com` },
      Condition: condition,
    };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await iam.send(new CreateRoleCommand({ RoleName: "deploy", AssumeRolePolicyDocument }));
  });

  const assume = (WebIdentityToken: string, RoleArn = deploy) => {
    // The operation is not signed, so that no credentials are needed.
    const sts = new STSClient({ endpoint: aws.endpoint, region: "us-east-1", maxAttempts: 1 });
    return sts.send(new AssumeRoleWithWebIdentityCommand({ RoleArn, RoleSessionName: "job", WebIdentityToken }));
  };

  it("gives the session of the role", async () => {
    const { AssumedRoleUser, Credentials } = await assume(idToken(claims));
    expect(AssumedRoleUser?.Arn).toBe(`arn:aws:sts::${account}:assumed-role/deploy/job`);
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken,
    };
    const ecs = new ECSClient({ ...aws.client(), credentials });
    expect(await refusal(ecs.send(new ListClustersCommand({})))).toBe("AccessDeniedException");
  });

  it.each([
    ["another subject", { sub: "project_path:shop/orders:ref_type:branch:ref:feature" }],
    ["another audience of the provider", { aud: "other" }],
    ["another authorized party", { azp: "other" }],
  ])("is refused to a token with %s", async (_, change) => {
    await expect(assume(idToken({ ...claims, ...change }))).rejects.toMatchObject({
      name: "AccessDenied",
      message: "Not authorized to perform sts:AssumeRoleWithWebIdentity",
      $metadata: { httpStatusCode: 403 },
    });
  });

  it("must exist", async () => {
    const missing = assume(idToken(claims), `arn:aws:iam::${account}:role/missing`);
    await expect(missing).rejects.toMatchObject({ name: "AccessDenied", $metadata: { httpStatusCode: 403 } });
  });

  it.each([
    ["which is not a JWT", "token", "InvalidIdentityToken", /not a valid JWT/],
    ["without an expiry", { exp: undefined }, "InvalidIdentityToken", /Missing a required claim: exp$/],
    ["without the time of its issue", { iat: undefined }, "InvalidIdentityToken", /Missing a required claim: iat$/],
    ["without a subject", { sub: undefined }, "InvalidIdentityToken", /Missing a required claim: sub$/],
    ["with an expiry in words", { exp: "2100-01-01" }, "InvalidIdentityToken", /exp is not an integer$/],
    ["without a signature", idToken(claims, "none"), "InvalidIdentityToken", /none is not supported$/],
    ["with a symmetric signature", idToken(claims, "HS256"), "InvalidIdentityToken", /HS256 is not supported$/],
    ["with an audience that the provider does not have", { aud: "third" }, "InvalidIdentityToken", /token audience$/],
    [
      "of an unknown issuer",
      { iss: "https://unknown.example.com" },
      "InvalidIdentityToken",
      /No OpenIDConnect .* for https:\/\/unknown\.example\.com$/,
    ],
    [
      "that expired",
      { exp: 1_700_000_000 },
      "ExpiredTokenException",
      /^Token expired: .* expiration date\/time 1700000000$/,
    ],
  ])("is refused to a token %s", async (_, change, code, message) => {
    const token = typeof change === "string" ? change : idToken({ ...claims, ...change });
    const refused = assume(token);
    await expect(refused).rejects.toThrow(message);
    expect(await refusal(refused)).toBe(code);
  });

  it("exists from the start by an option", async () => {
    const own = { ...claims, iss: "https://gitlab.com", aud: "https://gitlab.com" };
    expect(await refusal(assume(idToken(own), admin))).toBe("");
    expect(await refusal(assume(idToken(claims), admin))).toBe("AccessDenied");
  });
});
