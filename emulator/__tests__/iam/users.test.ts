import { ECSClient, ListClustersCommand } from "@aws-sdk/client-ecs";
import { DescribeVpcsCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  GetUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
  UpdateAccessKeyCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-iam";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
  type GetSessionTokenCommandInput,
} from "@aws-sdk/client-sts";
import { emulatorForSuite, refusal } from "../running-emulator";

const account = "111122223333";
const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const allow = (Action: string, rest: object = {}) => ({ Effect: "Allow", Action, Resource: "*", ...rest });

interface Key {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

describe("the access key of a user", () => {
  const aws = emulatorForSuite();
  const iam = (credentials?: Key) => new IAMClient({ ...aws.client(), ...(credentials && { credentials }) });
  const keyOf = async (UserName: string, Path?: string): Promise<Key> => {
    await iam().send(new CreateUserCommand({ UserName, Path }));
    const { AccessKey } = await iam().send(new CreateAccessKeyCommand({ UserName }));
    return { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
  };
  const permit = (UserName: string, ...statements: object[]) =>
    iam().send(new PutUserPolicyCommand({ UserName, PolicyName: "own", PolicyDocument: document(...statements) }));
  const listClusters = (credentials: Key) =>
    refusal(new ECSClient({ ...aws.client(), credentials }).send(new ListClustersCommand({})));
  const identity = async (credentials: Key) =>
    (await new STSClient({ ...aws.client(), credentials }).send(new GetCallerIdentityCommand({}))).Arn;

  it("calls as the user, with the path", async () => {
    expect(await identity(await keyOf("ada"))).toBe(`arn:aws:iam::${account}:user/ada`);
    expect(await identity(await keyOf("grace", "/staff/"))).toBe(`arn:aws:iam::${account}:user/staff/grace`);
  });

  it("calls as the user by its new name and path", async () => {
    const key = await keyOf("first-name");
    await iam().send(new UpdateUserCommand({ UserName: "first-name", NewUserName: "second-name", NewPath: "/staff/" }));
    expect(await identity(key)).toBe(`arn:aws:iam::${account}:user/staff/second-name`);
    expect(await listClusters(key)).toBe("AccessDeniedException");
    await permit("second-name", allow("ecs:ListClusters"));
    expect(await listClusters(key)).toBe("");
  });

  it("gets temporary credentials of the user", async () => {
    const key = await keyOf("temporary");
    const sts = new STSClient({ ...aws.client(), credentials: key });
    const { Credentials } = await sts.send(new GetSessionTokenCommand({}));
    const session = {
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken,
    };
    expect(await identity(session)).toBe(`arn:aws:iam::${account}:user/temporary`);
    expect(await listClusters(session)).toBe("AccessDeniedException");
    await permit("temporary", allow("ecs:ListClusters"));
    expect(await listClusters(session)).toBe("");
  });

  it("may do what the policies of the user allow at that time", async () => {
    const key = await keyOf("inline");
    expect(await listClusters(key)).toBe("AccessDeniedException");
    await permit("inline", allow("ecs:ListClusters"));
    expect(await listClusters(key)).toBe("");
    await iam().send(new DeleteUserPolicyCommand({ UserName: "inline", PolicyName: "own" }));
    expect(await listClusters(key)).toBe("AccessDeniedException");
    const attached = { UserName: "inline", PolicyArn: "arn:aws:iam::aws:policy/AmazonECS_FullAccess" };
    await iam().send(new AttachUserPolicyCommand(attached));
    expect(await listClusters(key)).toBe("");
    await iam().send(new DetachUserPolicyCommand(attached));
    expect(await listClusters(key)).toBe("AccessDeniedException");
  });

  it("may do what the groups of the user allow", async () => {
    const key = await keyOf("member");
    const group = { GroupName: "operators" };
    await iam().send(new CreateGroupCommand(group));
    const PolicyDocument = document(allow("ecs:*"));
    await iam().send(new PutGroupPolicyCommand({ ...group, PolicyName: "own", PolicyDocument }));
    expect(await listClusters(key)).toBe("AccessDeniedException");
    await iam().send(new AddUserToGroupCommand({ ...group, UserName: "member" }));
    expect(await listClusters(key)).toBe("");
    await iam().send(new RemoveUserFromGroupCommand({ ...group, UserName: "member" }));
    expect(await listClusters(key)).toBe("AccessDeniedException");
  });

  it("may act on itself, by its own ARN with the path", async () => {
    const key = await keyOf("own", "/staff/");
    const own = iam(key);
    const results = async () => [
      await refusal(own.send(new GetUserCommand({}))),
      await refusal(own.send(new ListAccessKeysCommand({}))),
      await refusal(own.send(new ListAccessKeysCommand({ UserName: "own" }))),
      await refusal(own.send(new CreateAccessKeyCommand({}))),
    ];
    const denied = "AccessDenied";
    await permit("own", allow("iam:*", { Resource: `arn:aws:iam::${account}:user/other` }));
    expect(await results()).toEqual([denied, denied, denied, denied]);
    await permit("own", allow("iam:*", { Resource: `arn:aws:iam::${account}:user/staff/\${aws:username}` }));
    expect(await results()).toEqual(["", "", "", ""]);
  });

  it("has multi-factor authentication in policies with temporary credentials only", async () => {
    const key = await keyOf("mfa");
    const sessionOf = async (options: GetSessionTokenCommandInput): Promise<Key> => {
      const sts = new STSClient({ ...aws.client(), credentials: key });
      const { Credentials } = await sts.send(new GetSessionTokenCommand(options));
      const { AccessKeyId = "", SecretAccessKey = "", SessionToken } = Credentials ?? {};
      return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    };
    const SerialNumber = `arn:aws:iam::${account}:mfa/mfa`;
    const keys = [key, await sessionOf({}), await sessionOf({ SerialNumber, TokenCode: "123456" })];
    const allowedIf = async (Condition: object) => {
      await permit("mfa", allow("ecs:ListClusters", { Condition }));
      return Promise.all(keys.map(async (each) => (await listClusters(each)) === ""));
    };
    const present = "aws:MultiFactorAuthPresent";
    expect(await allowedIf({ Bool: { [present]: "true" } })).toEqual([false, false, true]);
    expect(await allowedIf({ Bool: { [present]: "false" } })).toEqual([false, true, false]);
    expect(await allowedIf({ Null: { [present]: "true" } })).toEqual([true, false, false]);
    expect(await allowedIf({ NumericLessThan: { "aws:MultiFactorAuthAge": "900" } })).toEqual([false, false, true]);
    expect(await allowedIf({ NumericLessThan: { "aws:MultiFactorAuthAge": [900] } })).toEqual([false, false, true]);
    expect(await allowedIf({ NumericGreaterThan: { "aws:MultiFactorAuthAge": 900 } })).toEqual([false, false, false]);
  });

  it("is limited by the permissions boundary of the user", async () => {
    const key = await keyOf("limited");
    await permit("limited", allow("*"));
    expect(await listClusters(key)).toBe("");
    const PermissionsBoundary = "arn:aws:iam::aws:policy/AmazonSQSFullAccess";
    await iam().send(new PutUserPermissionsBoundaryCommand({ UserName: "limited", PermissionsBoundary }));
    expect(await listClusters(key)).toBe("AccessDeniedException");
  });

  it("has the name of the user in policies", async () => {
    const key = await keyOf("named");
    await permit("named", allow("ecs:ListClusters", { Condition: { StringEquals: { "aws:username": "named" } } }));
    expect(await listClusters(key)).toBe("");
    await permit("named", allow("ecs:ListClusters", { Condition: { StringEquals: { "aws:username": "other" } } }));
    expect(await listClusters(key)).toBe("AccessDeniedException");
  });

  it("assumes a role that trusts the user", async () => {
    const key = await keyOf("trusted");
    const other = await keyOf("other");
    const arn = `arn:aws:iam::${account}:user/trusted`;
    const AssumeRolePolicyDocument = document({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: arn } });
    await iam().send(new CreateRoleCommand({ RoleName: "for-user", AssumeRolePolicyDocument }));
    const policy = { PolicyName: "own", PolicyDocument: document(allow("ecs:*")) };
    await iam().send(new PutRolePolicyCommand({ RoleName: "for-user", ...policy }));
    const assume = (credentials?: Key) => {
      const sts = new STSClient({ ...aws.client(), ...(credentials && { credentials }) });
      const RoleArn = `arn:aws:iam::${account}:role/for-user`;
      return refusal(sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "job" })));
    };
    expect(await assume(key)).toBe("");
    expect(await assume(other)).toBe("AccessDenied");
    expect(await assume()).toBe("AccessDenied");
    await permit("other", allow("sts:AssumeRole"));
    expect(await assume(other)).toBe("AccessDenied");
  });

  it("is refused once it is inactive or deleted, with the error of each protocol", async () => {
    const key = await keyOf("leaving");
    await permit("leaving", allow("*"));
    const ofKey = { UserName: "leaving", AccessKeyId: key.accessKeyId };
    const settings = { ...aws.client(), credentials: key };
    expect(await listClusters(key)).toBe("");
    await iam().send(new UpdateAccessKeyCommand({ ...ofKey, Status: "Inactive" }));
    expect(await listClusters(key)).toBe("UnrecognizedClientException");
    await iam().send(new UpdateAccessKeyCommand({ ...ofKey, Status: "Active" }));
    expect(await listClusters(key)).toBe("");
    await iam().send(new DeleteAccessKeyCommand(ofKey));
    expect(await listClusters(key)).toBe("UnrecognizedClientException");
    expect(await refusal(new EC2Client(settings).send(new DescribeVpcsCommand({})))).toBe("AuthFailure");
    expect(await refusal(new S3Client(settings).send(new ListBucketsCommand({})))).toBe("InvalidAccessKeyId");
    expect(await refusal(new STSClient(settings).send(new GetCallerIdentityCommand({})))).toBe("InvalidClientTokenId");
  });
});
