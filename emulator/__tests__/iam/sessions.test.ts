import { ECSClient, ListClustersCommand } from "@aws-sdk/client-ecs";
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient, type AssumeRoleCommandInput, type Credentials } from "@aws-sdk/client-sts";
import { emulatorForSuite, refusal } from "../running-emulator";

const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const roleIn = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`;
const root = (account: string) => `arn:aws:iam::${account}:root`;
const allow = (Action: string, Resource = "*") => ({ Effect: "Allow", Action, Resource });
const other = "444455556666";

describe("the session of a role", () => {
  const aws = emulatorForSuite({ roles: [{ arn: roleIn(other, "pipeline/admin") }], sourceIp: "203.0.113.7" });
  const withCredentials = (credentials?: Credentials) => ({
    ...aws.client(),
    ...(credentials && {
      credentials: {
        accessKeyId: credentials.AccessKeyId ?? "",
        secretAccessKey: credentials.SecretAccessKey ?? "",
        sessionToken: credentials.SessionToken,
      },
    }),
  });
  const iam = (credentials?: Credentials) => new IAMClient(withCredentials(credentials));
  const create = (RoleName: string, Principal: object, credentials?: Credentials, also: readonly string[] = []) => {
    const Action = ["sts:AssumeRole", ...also];
    const AssumeRolePolicyDocument = document({ Effect: "Allow", Principal, Action });
    return iam(credentials).send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  };
  const permit = (RoleName: string, ...Statement: object[]) =>
    iam().send(new PutRolePolicyCommand({ RoleName, PolicyName: "own", PolicyDocument: document(...Statement) }));
  const assume = async (
    RoleArn: string,
    caller?: Credentials,
    options: Omit<AssumeRoleCommandInput, "RoleArn" | "RoleSessionName"> = {},
  ) => {
    const sts = new STSClient(withCredentials(caller));
    return (await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "job", ...options }))).Credentials;
  };
  const listClusters = (session?: Credentials) =>
    refusal(new ECSClient(withCredentials(session)).send(new ListClustersCommand({})));

  it("may do what the policies of the role allow at that time", async () => {
    await create("deploy", { AWS: root("111122223333") });
    const session = await assume(roleIn("111122223333", "deploy"));
    expect(await listClusters(session)).toBe("AccessDeniedException");
    await permit("deploy", allow("ecs:ListClusters"));
    expect(await listClusters(session)).toBe("");
    await iam().send(new DeleteRolePolicyCommand({ RoleName: "deploy", PolicyName: "own" }));
    expect(await listClusters(session)).toBe("AccessDeniedException");
  });

  it("calls from an address, with the name of its program", async () => {
    await create("outside", { AWS: root("111122223333") });
    const session = await assume(roleIn("111122223333", "outside"));
    const from = (range: string, agent: string) => ({
      ...allow("ecs:ListClusters"),
      Condition: { IpAddress: { "aws:SourceIp": range }, StringLike: { "aws:UserAgent": agent } },
    });
    await permit("outside", from("203.0.113.0/24", "aws-sdk-js/*"));
    expect(await listClusters(session)).toBe("");
    await permit("outside", from("198.51.100.0/24", "aws-sdk-js/*"));
    expect(await listClusters(session)).toBe("AccessDeniedException");
    await permit("outside", from("203.0.113.0/24", "curl/*"));
    expect(await listClusters(session)).toBe("AccessDeniedException");
  });

  it("is limited by the managed policies that were passed for it", async () => {
    await create("limited", { AWS: root("111122223333") });
    await permit("limited", allow("*"));
    const limited = (name: string) =>
      assume(roleIn("111122223333", "limited"), undefined, {
        PolicyArns: [{ arn: `arn:aws:iam::aws:policy/${name}` }],
      });
    expect(await listClusters(await limited("AmazonECS_FullAccess"))).toBe("");
    expect(await listClusters(await limited("AmazonSQSFullAccess"))).toBe("AccessDeniedException");
  });

  it("has the tags that were passed for it", async () => {
    await create("tagged", { AWS: root("111122223333") }, undefined, ["sts:TagSession"]);
    await permit("tagged", {
      ...allow("ecs:ListClusters"),
      Condition: { StringEquals: { "aws:PrincipalTag/Team": "shop" } },
    });
    const tagged = (Value: string) =>
      assume(roleIn("111122223333", "tagged"), undefined, { Tags: [{ Key: "Team", Value }] });
    expect(await listClusters(await tagged("shop"))).toBe("");
    expect(await listClusters(await tagged("other"))).toBe("AccessDeniedException");
  });

  it.each([
    ["tags", { Tags: [{ Key: "Team", Value: "shop" }] }, "sts:TagSession"],
    ["a source identity", { SourceIdentity: "ada" }, "sts:SetSourceIdentity"],
  ])("is refused %s that the role does not allow", async (_, options, action) => {
    const name = `without-${action.replace(":", "-")}`;
    const own = roleIn("111122223333", name);
    await create(name, { AWS: root("111122223333") });
    const refused = assume(own, undefined, options);
    await expect(refused).rejects.toThrow(`is not authorized to perform: ${action} on resource: ${own}`);
    await create(`${name}-hub`, { AWS: root("111122223333") });
    await permit(`${name}-hub`, allow("sts:*"));
    const hub = await assume(roleIn("111122223333", `${name}-hub`));
    expect(await refusal(assume(own, hub, options))).toBe("AccessDenied");
    await create(`with-${name}`, { AWS: root("111122223333") }, undefined, [action]);
    const allowing = roleIn("111122223333", `with-${name}`);
    expect(await refusal(assume(allowing, undefined, options))).toBe("");
    expect(await refusal(assume(allowing, hub, options))).toBe("");
    await permit(`${name}-hub`, allow("sts:AssumeRole"));
    expect(await refusal(assume(allowing, hub, options))).toBe("AccessDenied");
  });

  it("passes its transitive tags and its source identity on to the session of another role", async () => {
    const also = ["sts:TagSession", "sts:SetSourceIdentity"];
    await create("passing", { AWS: root("111122223333") }, undefined, also);
    await create("receiving", { AWS: root("111122223333") }, undefined, also);
    await permit("passing", allow("sts:*"));
    const Tags = ["Team", "Stage"].map((Key) => ({ Key, Value: "shop" }));
    const options = { Tags, TransitiveTagKeys: ["team"], SourceIdentity: "ada" };
    const first = await assume(roleIn("111122223333", "passing"), undefined, options);
    const second = await assume(roleIn("111122223333", "receiving"), first);
    const allowedIf = async (key: string, value: string) => {
      await permit("receiving", { ...allow("ecs:ListClusters"), Condition: { StringEquals: { [key]: value } } });
      return (await listClusters(second)) === "";
    };
    expect(await allowedIf("aws:PrincipalTag/Team", "shop")).toBe(true);
    expect(await allowedIf("aws:PrincipalTag/Stage", "shop")).toBe(false);
    expect(await allowedIf("aws:SourceIdentity", "ada")).toBe(true);
    const again = assume(roleIn("111122223333", "receiving"), first, { Tags: [{ Key: "TEAM", Value: "other" }] });
    expect(await refusal(again)).toBe("ValidationError");
    const another = assume(roleIn("111122223333", "receiving"), first, { Tags: [{ Key: "Stage", Value: "other" }] });
    expect(await refusal(another)).toBe("");
  });

  it("is revoked by a policy that denies sessions issued before", async () => {
    await create("revoked", { AWS: root("111122223333") });
    await permit("revoked", allow("ecs:*"));
    const before = await assume(roleIn("111122223333", "revoked"));
    const Condition = { DateLessThan: { "aws:TokenIssueTime": new Date().toISOString() } };
    await permit("revoked", allow("ecs:*"), { Effect: "Deny", Action: "*", Resource: "*", Condition });
    expect(await listClusters(before)).toBe("AccessDeniedException");
    expect(await listClusters(await assume(roleIn("111122223333", "revoked")))).toBe("");
  });

  it("was not begun with multi-factor authentication", async () => {
    await create("without-mfa", { AWS: root("111122223333") });
    const session = await assume(roleIn("111122223333", "without-mfa"));
    const allowedIf = async (present: string) => {
      const Condition = { Bool: { "aws:MultiFactorAuthPresent": present } };
      await permit("without-mfa", { ...allow("ecs:ListClusters"), Condition });
      return (await listClusters(session)) === "";
    };
    expect([await allowedIf("true"), await allowedIf("false")]).toEqual([false, true]);
  });

  it("is begun with multi-factor authentication when the trust policy asks for it", async () => {
    const Condition = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
    const trust = { Effect: "Allow", Principal: { AWS: root("111122223333") }, Action: "sts:AssumeRole", Condition };
    const role = { RoleName: "with-mfa", AssumeRolePolicyDocument: document(trust) };
    await iam().send(new CreateRoleCommand(role));
    const withMfa = { SerialNumber: "arn:aws:iam::111122223333:mfa/ada", TokenCode: "123456" };
    expect(await refusal(assume(roleIn("111122223333", "with-mfa")))).toBe("AccessDenied");
    expect(await refusal(assume(roleIn("111122223333", "with-mfa"), undefined, withMfa))).toBe("");
  });

  it("is refused a policy with a principal, and takes one without a version", async () => {
    await create("with-policy", { AWS: root("111122223333") });
    const withPolicy = (statement: object) => {
      const Policy = JSON.stringify({ Statement: [statement] });
      return refusal(assume(roleIn("111122223333", "with-policy"), undefined, { Policy }));
    };
    expect(await withPolicy({ ...allow("ecs:*"), Principal: "*" })).toBe("MalformedPolicyDocument");
    expect(await withPolicy({ Effect: "Allow", Action: "ecs:*" })).toBe("MalformedPolicyDocument");
    expect(await withPolicy(allow("ecs:*"))).toBe("");
  });

  it("may do nothing after the role was deleted", async () => {
    await create("gone", { AWS: root("111122223333") });
    await permit("gone", allow("ecs:*"));
    const session = await assume(roleIn("111122223333", "gone"));
    expect(await listClusters(session)).toBe("");
    await iam().send(new DeleteRolePolicyCommand({ RoleName: "gone", PolicyName: "own" }));
    await iam().send(new DeleteRoleCommand({ RoleName: "gone" }));
    expect(await listClusters(session)).toBe("AccessDeniedException");
  });

  it("is refused when the role does not exist, in its account and with its path", async () => {
    await create("here", { AWS: root("111122223333") });
    const elsewhere = [roleIn("111122223333", "missing"), roleIn(other, "here"), roleIn("111122223333", "ci/here")];
    for (const arn of elsewhere) {
      await expect(assume(arn)).rejects.toMatchObject({
        name: "AccessDenied",
        message: `User: ${root("111122223333")} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
        $metadata: { httpStatusCode: 403 },
      });
    }
    expect(await refusal(assume(roleIn("111122223333", "here")))).toBe("");
  });

  it("is refused when the role does not trust the caller", async () => {
    await create("for-tasks", { Service: "ecs-tasks.amazonaws.com" });
    await create("for-others", { AWS: other });
    for (const name of ["for-tasks", "for-others"]) {
      const refused = assume(roleIn("111122223333", name));
      await expect(refused).rejects.toThrow(
        /on resource: .* because no role trust policy allows the sts:AssumeRole action$/,
      );
      await expect(refused).rejects.toMatchObject({ name: "AccessDenied" });
    }
  });

  it("is refused a role whose trust policy names another role", async () => {
    await create("first", { AWS: root("111122223333") });
    await create("second", { AWS: roleIn("111122223333", "first") });
    await create("third", { AWS: root("111122223333") });
    await permit("third", allow("sts:AssumeRole"));
    const second = roleIn("111122223333", "second");
    expect(await refusal(assume(second, await assume(roleIn("111122223333", "first"))))).toBe("");
    expect(await refusal(assume(second, await assume(roleIn("111122223333", "third"))))).toBe("AccessDenied");
    expect(await refusal(assume(second))).toBe("AccessDenied");
  });

  it("assumes a role of another account when both accounts allow it", async () => {
    const admin = await assume(roleIn(other, "pipeline/admin"));
    await create("runner", { AWS: root("111122223333") });
    await create("deploy", { AWS: roleIn("111122223333", "runner") }, admin);
    const target = roleIn(other, "deploy");
    expect(await refusal(assume(target, await assume(roleIn("111122223333", "runner"))))).toBe("AccessDenied");
    await permit("runner", allow("sts:AssumeRole", target));
    expect(await refusal(assume(target, await assume(roleIn("111122223333", "runner"))))).toBe("");
    expect(await refusal(assume(target))).toBe("AccessDenied");
  });

  it("may do everything by a role that exists from the start, in its account", async () => {
    const admin = await assume(roleIn(other, "pipeline/admin"));
    expect(await listClusters(admin)).toBe("");
    await create("made-there", { AWS: other }, admin);
    expect(await refusal(assume(roleIn("111122223333", "made-there")))).toBe("AccessDenied");
  });
});
