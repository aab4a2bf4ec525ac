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
  IAMClient,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
  UpdateAccessKeyCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-iam";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from "@aws-sdk/client-sts";
import { emulatorForSuite, refusal } from "../running-emulator";

const account = "111122223333";
const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const allow = (Action: string, rest: object = {}) => ({ Effect: "Allow", Action, Resource: "*", ...rest });

interface Key {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
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
