import { CreatePolicyCommand, CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  STSClient,
  type AssumeRoleCommandInput,
  type Credentials,
} from "@aws-sdk/client-sts";
import { idToken } from "../iam/tokens";
import { emulatorForSuite, refusal } from "../running-emulator";

const account = "111122223333";
const arn = (name: string) => `arn:aws:iam::${account}:role/${name}`;
const issuer = "https://gitlab.com";

describe("AWS STS", () => {
  const aws = emulatorForSuite({
    roles: [{ arn: arn("hub") }, { arn: arn("ci"), webIdentity: { issuer, audience: issuer } }],
  });
  const sts = (credentials?: Credentials) =>
    new STSClient({
      ...aws.client(),
      ...(credentials && {
        credentials: {
          accessKeyId: credentials.AccessKeyId ?? "",
          secretAccessKey: credentials.SecretAccessKey ?? "",
          sessionToken: credentials.SessionToken,
        },
      }),
    });
  const assume = (name: string, DurationSeconds: number, caller?: Credentials) =>
    sts(caller).send(new AssumeRoleCommand({ RoleArn: arn(name), RoleSessionName: "job", DurationSeconds }));
  const create = async (RoleName: string, MaxSessionDuration: number) => {
    const statement = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: account } };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await new IAMClient(aws.client()).send(
      new CreateRoleCommand({ RoleName, MaxSessionDuration, AssumeRolePolicyDocument }),
    );
  };

  it("refuses a session that is longer than the role allows [session-duration]", async () => {
    await create("short", 7200);
    expect(await refusal(assume("short", 7201))).toBe("ValidationError");
    expect(await refusal(assume("short", 7200))).toBe("");
    expect(await refusal(assume("hub", 3601))).toBe("ValidationError");
    expect(await refusal(assume("hub", 3600))).toBe("");
  });

  it("refuses a session that is longer than the role allows, with an ID token [session-duration]", async () => {
    const now = Math.floor(Date.now() / 1000);
    const WebIdentityToken = idToken({ iss: issuer, aud: issuer, sub: "shop", iat: now, exp: now + 300 });
    const withToken = (DurationSeconds: number) => {
      const input = { RoleArn: arn("ci"), RoleSessionName: "job", WebIdentityToken, DurationSeconds };
      return refusal(sts().send(new AssumeRoleWithWebIdentityCommand(input)));
    };
    expect(await withToken(3601)).toBe("ValidationError");
    expect(await withToken(3600)).toBe("");
  });

  describe("of a session", () => {
    const assumed = (options: Omit<AssumeRoleCommandInput, "RoleArn" | "RoleSessionName">) =>
      refusal(sts().send(new AssumeRoleCommand({ RoleArn: arn("hub"), RoleSessionName: "job", ...options })));
    const policyOf = (length: number) => {
      const text = JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
      });
      return text.padEnd(length);
    };
    const policies = (count: number) =>
      Array.from({ length: count }, () => ({ arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }));
    const tags = (...keys: string[]) => keys.map((Key) => ({ Key, Value: "shop" }));

    it("refuses a policy of more than 2,048 characters [session-policy-size]", async () => {
      expect(await assumed({ Policy: policyOf(2048) })).toBe("");
      expect(await assumed({ Policy: policyOf(2049) })).toBe("PackedPolicyTooLarge");
    });

    it("refuses an eleventh managed policy [session-policies-quota]", async () => {
      expect(await assumed({ PolicyArns: policies(10) })).toBe("");
      expect(await assumed({ PolicyArns: policies(11) })).toBe("ValidationError");
    });

    it("refuses a managed policy that does not exist [session-policy-exists]", async () => {
      const PolicyDocument = policyOf(0);
      await new IAMClient(aws.client()).send(new CreatePolicyCommand({ PolicyName: "limits", PolicyDocument }));
      const passed = (name: string) => assumed({ PolicyArns: [{ arn: `arn:aws:iam::${account}:policy/${name}` }] });
      expect(await passed("limits")).toBe("");
      expect(await passed("missing")).toBe("ValidationError");
    });

    it("refuses tags of AWS [session-tag-prefix]", async () => {
      expect(await assumed({ Tags: tags("aws-x") })).toBe("");
      expect(await assumed({ Tags: tags("aws:x") })).toBe("ValidationError");
    });

    it("refuses tag keys that differ in case only [session-tag-keys]", async () => {
      expect(await assumed({ Tags: tags("Team", "Teams") })).toBe("");
      expect(await assumed({ Tags: tags("Team", "team") })).toBe("ValidationError");
    });
  });

  it("refuses more than an hour to the session of another role [chained-session-duration]", async () => {
    await create("long", 43_200);
    const { Credentials: hub } = await assume("hub", 900);
    expect(await refusal(assume("long", 3601, hub))).toBe("ValidationError");
    expect(await refusal(assume("long", 3600, hub))).toBe("");
    expect(await refusal(assume("long", 3601))).toBe("");
  });
});
