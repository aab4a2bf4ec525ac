import {
  AddRoleToInstanceProfileCommand,
  AddUserToGroupCommand,
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateInstanceProfileCommand,
  CreateLoginProfileCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteGroupCommand,
  DeleteInstanceProfileCommand,
  DeleteLoginProfileCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DeleteUserCommand,
  DeleteUserPermissionsBoundaryCommand,
  DetachRolePolicyCommand,
  EnableMFADeviceCommand,
  IAMClient,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  RemoveRoleFromInstanceProfileCommand,
  RemoveUserFromGroupCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-iam";
import { emulatorForSuite, refusal } from "../running-emulator";
import { roleFor } from "./roles";

// moto starts in seconds on a busy machine.
jest.setTimeout(60_000);

const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::orders/*" };
const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });

describe("IAM", () => {
  const limits = "arn:aws:iam::111122223333:policy/pipeline/limits";
  const aws = emulatorForSuite({ policies: [limits] });
  let iam: IAMClient;

  beforeAll(() => {
    iam = new IAMClient(aws.client());
  });

  const policy = async (PolicyName: string): Promise<string> => {
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }));
    return Policy?.Arn ?? "";
  };
  const role = async (name: string): Promise<string> => {
    await roleFor(iam, name, "ecs-tasks.amazonaws.com");
    return name;
  };

  it("refuses a second role or policy of one name [iam-name-in-use]", async () => {
    expect(await refusal(role("twice"))).toBe("");
    expect(await refusal(role("twice"))).toBe("EntityAlreadyExists");
    expect(await refusal(policy("twice"))).toBe("");
    expect(await refusal(policy("twice"))).toBe("EntityAlreadyExists");
  });

  it("compares names of users, groups, roles and policies without case and path [iam-name-in-use]", async () => {
    const create = {
      user: (UserName: string) => iam.send(new CreateUserCommand({ UserName, Path: "/staff/" })),
      group: (GroupName: string) => iam.send(new CreateGroupCommand({ GroupName, Path: "/staff/" })),
      role,
      policy: (PolicyName: string) => iam.send(new CreatePolicyCommand({ PolicyName, Path: "/ci/", PolicyDocument })),
    };
    for (const make of Object.values(create)) {
      expect(await refusal(make("Casing"))).toBe("");
      expect(await refusal(make("casing"))).toBe("EntityAlreadyExists");
      expect(await refusal(make("casing-2"))).toBe("");
    }
    const rename = (UserName: string, NewUserName: string) =>
      refusal(iam.send(new UpdateUserCommand({ UserName, NewUserName })));
    expect(await rename("casing-2", "CASING")).toBe("EntityAlreadyExists");
    expect(await rename("casing-2", "casing-3")).toBe("");
  });

  it("refuses tags whose keys begin with aws:", async () => {
    const tagged = (Key: string) =>
      refusal(iam.send(new CreateUserCommand({ UserName: Key.slice(-4), Tags: [{ Key, Value: "shop" }] })));
    expect(await tagged("aws:team")).toBe("InvalidInput");
    expect(await tagged("my:team")).toBe("");
  });

  it("refuses a permissions boundary that does not exist [permissions-boundary-exists]", async () => {
    const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ecs-tasks.amazonaws.com" } };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
    const create = (RoleName: string, PermissionsBoundary: string) =>
      refusal(iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument, PermissionsBoundary })));
    expect(await create("limited", limits.replace("pipeline/", ""))).toBe("NoSuchEntity");
    expect(await create("limited", limits)).toBe("");
    expect(await create("limited-too", await policy("other-limits"))).toBe("");
    const change = { RoleName: "limited", PermissionsBoundary: `${limits}-2` };
    expect(await refusal(iam.send(new PutRolePermissionsBoundaryCommand(change)))).toBe("NoSuchEntity");
  });

  it("refuses to attach a policy that does not exist [attached-policy-exists]", async () => {
    const RoleName = await role("attaching");
    const attach = (name: string) =>
      refusal(iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: `arn:aws:iam::aws:policy/${name}` })));
    expect(await attach("Missing")).toBe("NoSuchEntity");
    expect(await attach("ReadOnlyAccess")).toBe("");
  });

  it("refuses to delete a role with policies or an instance profile [role-in-use]", async () => {
    const RoleName = await role("used");
    const PolicyArn = await policy("used");
    const end = () => refusal(iam.send(new DeleteRoleCommand({ RoleName })));
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    expect(await end()).toBe("DeleteConflict");
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));

    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "inline", PolicyDocument }));
    expect(await end()).toBe("DeleteConflict");
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "inline" }));

    const profile = { InstanceProfileName: "used" };
    await iam.send(new CreateInstanceProfileCommand(profile));
    await iam.send(new AddRoleToInstanceProfileCommand({ RoleName, ...profile }));
    expect(await end()).toBe("DeleteConflict");
    expect(await refusal(iam.send(new DeleteInstanceProfileCommand(profile)))).toBe("DeleteConflict");
    await iam.send(new RemoveRoleFromInstanceProfileCommand({ RoleName, ...profile }));
    expect(await end()).toBe("");
  });

  it("refuses to delete a policy that is attached [policy-attached]", async () => {
    const RoleName = await role("attached");
    const PolicyArn = await policy("attached");
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    const end = new DeletePolicyCommand({ PolicyArn });
    expect(await refusal(iam.send(end))).toBe("DeleteConflict");
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    expect(await refusal(iam.send(end))).toBe("");
  });

  it("refuses to delete a policy that limits a role or user [policy-attached]", async () => {
    const PolicyArn = await policy("boundary");
    const end = () => refusal(iam.send(new DeletePolicyCommand({ PolicyArn })));
    const RoleName = await role("in-bounds");
    await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: PolicyArn }));
    expect(await end()).toBe("DeleteConflict");
    await iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName }));
    const UserName = "in-bounds";
    await iam.send(new CreateUserCommand({ UserName, PermissionsBoundary: PolicyArn }));
    expect(await end()).toBe("DeleteConflict");
    await iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName }));
    expect(await end()).toBe("");
  });

  it("refuses to delete a policy with older versions [policy-with-versions]", async () => {
    const PolicyArn = await policy("versions");
    await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }));
    const end = new DeletePolicyCommand({ PolicyArn });
    expect(await refusal(iam.send(end))).toBe("DeleteConflict");
    await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: "v1" }));
    expect(await refusal(iam.send(end))).toBe("");
  });

  it("refuses a sixth version of a policy, and to delete the default one [policy-versions-quota]", async () => {
    const PolicyArn = await policy("history");
    const version = () =>
      refusal(iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true })));
    for (let count = 2; count <= 5; count += 1) expect(await version()).toBe("");
    expect(await version()).toBe("LimitExceeded");
    const end = (VersionId: string) => refusal(iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId })));
    expect(await end("v5")).toBe("DeleteConflict");
    expect(await end("v1")).toBe("");
    expect(await version()).toBe("");
  });

  it("refuses an eleventh policy of a role [role-policies-quota]", async () => {
    const RoleName = await role("many");
    const attach = (PolicyArn: string) => refusal(iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn })));
    const arns: string[] = [];
    for (let count = 1; count <= 10; count += 1) arns.push(await policy(`many-${count}`));
    for (const arn of arns) expect(await attach(arn)).toBe("");
    expect(await attach(await policy("many-11"))).toBe("LimitExceeded");
    expect(await attach(arns[0] ?? "")).toBe("");
  });

  it("refuses to delete a user with access keys or groups [user-with-keys]", async () => {
    const UserName = "deployer";
    await iam.send(new CreateUserCommand({ UserName }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    const end = () => refusal(iam.send(new DeleteUserCommand({ UserName })));
    expect(await end()).toBe("DeleteConflict");
    await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: AccessKey?.AccessKeyId }));
    await iam.send(new CreateGroupCommand({ GroupName: "deployers" }));
    await iam.send(new AddUserToGroupCommand({ GroupName: "deployers", UserName }));
    expect(await end()).toBe("DeleteConflict");
    await iam.send(new RemoveUserFromGroupCommand({ GroupName: "deployers", UserName }));
    expect(await end()).toBe("");
  });

  it("refuses to delete a user with a password or an MFA device [user-with-keys]", async () => {
    const UserName = "reader";
    await iam.send(new CreateUserCommand({ UserName }));
    const end = () => refusal(iam.send(new DeleteUserCommand({ UserName })));
    await iam.send(new CreateLoginProfileCommand({ UserName, Password: "Long-enough-1" }));
    expect(await end()).toBe("DeleteConflict");
    await iam.send(new DeleteLoginProfileCommand({ UserName }));
    const device = new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: UserName });
    const SerialNumber = (await iam.send(device)).VirtualMFADevice?.SerialNumber;
    const codes = { AuthenticationCode1: "123456", AuthenticationCode2: "654321" };
    await iam.send(new EnableMFADeviceCommand({ UserName, SerialNumber, ...codes }));
    expect(await end()).toBe("DeleteConflict");
    await iam.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber }));
    expect(await end()).toBe("");
  });

  it("refuses to delete a group with users [group-in-use]", async () => {
    const [GroupName, UserName] = ["operators", "operator"];
    await iam.send(new CreateGroupCommand({ GroupName }));
    await iam.send(new CreateUserCommand({ UserName }));
    await iam.send(new AddUserToGroupCommand({ GroupName, UserName }));
    const end = new DeleteGroupCommand({ GroupName });
    expect(await refusal(iam.send(end))).toBe("DeleteConflict");
    await iam.send(new RemoveUserFromGroupCommand({ GroupName, UserName }));
    expect(await refusal(iam.send(end))).toBe("");
  });
});
