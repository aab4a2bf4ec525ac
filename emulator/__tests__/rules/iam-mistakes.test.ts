import {
  AttachRolePolicyCommand,
  CreateLoginProfileCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  CreateUserCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  DeleteServiceLinkedRoleCommand,
  GetPolicyCommand,
  IAMClient,
  UpdateAccountPasswordPolicyCommand,
  UpdateLoginProfileCommand,
} from "@aws-sdk/client-iam";
import { emulatorForSuite, refusal } from "../running-emulator";

describe("IAM", () => {
  const aws = emulatorForSuite();
  const iam = () => new IAMClient(aws.client());
  const PolicyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
  const document = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const linkedRole = (AWSServiceName: string, CustomSuffix?: string) =>
    refusal(iam().send(new CreateServiceLinkedRoleCommand({ AWSServiceName, CustomSuffix })));

  it("refuses to change the managed policies of AWS [aws-managed-policy]", async () => {
    const PolicyDocument = document({ Effect: "Allow", Action: "*", Resource: "*" });
    expect(await refusal(iam().send(new DeletePolicyCommand({ PolicyArn })))).toBe("AccessDenied");
    const version = new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument });
    expect(await refusal(iam().send(version))).toBe("AccessDenied");
    expect(await refusal(iam().send(new GetPolicyCommand({ PolicyArn })))).toBe("");
  });

  it("refuses a service-linked role of an unknown service [service-linked-role-service]", async () => {
    expect(await linkedRole("shop.amazonaws.com")).toBe("InvalidInput");
    expect(await linkedRole("rds.example.com")).toBe("InvalidInput");
    expect(await linkedRole("rds.amazonaws.com")).toBe("");
    expect(await linkedRole("lexv2.amazonaws.com")).toBe("");
  });

  it("refuses a second service-linked role of a service [service-linked-role-exists]", async () => {
    expect(await linkedRole("autoscaling.amazonaws.com")).toBe("");
    expect(await linkedRole("autoscaling.amazonaws.com")).toBe("InvalidInput");
    expect(await linkedRole("autoscaling.amazonaws.com", "shop")).toBe("");
    expect(await linkedRole("autoscaling.amazonaws.com", "shop")).toBe("InvalidInput");
  });

  it("refuses a role with the path of service-linked roles [service-linked-role-path]", async () => {
    const statement = { Effect: "Allow", Principal: { Service: "ecs.amazonaws.com" }, Action: "sts:AssumeRole" };
    const role = { RoleName: "by-hand", AssumeRolePolicyDocument: document(statement) };
    const create = (Path: string) => refusal(iam().send(new CreateRoleCommand({ ...role, Path })));
    expect(await create("/aws-service-role/ecs.amazonaws.com/")).toBe("InvalidInput");
    expect(await create("/service-role/")).toBe("");
  });

  it("refuses to change or delete a service-linked role as another role [service-linked-role-protected]", async () => {
    expect(await linkedRole("elasticache.amazonaws.com")).toBe("");
    const RoleName = "AWSServiceRoleForElastiCache";
    const attach = new AttachRolePolicyCommand({ RoleName, PolicyArn });
    expect(await refusal(iam().send(attach))).toBe("UnmodifiableEntity");
    expect(await refusal(iam().send(new DeleteRoleCommand({ RoleName })))).toBe("UnmodifiableEntity");
    expect(await refusal(iam().send(new DeleteServiceLinkedRoleCommand({ RoleName })))).toBe("");
  });

  it("refuses an OIDC provider without TLS [oidc-provider-url]", async () => {
    const create = (Url: string) => refusal(iam().send(new CreateOpenIDConnectProviderCommand({ Url })));
    expect(await create("http://gitlab.com")).toBe("ValidationError");
    expect(await create("https://gitlab.com")).toBe("");
  });

  it("refuses a password that the policy does not allow [password-policy]", async () => {
    const UserName = "ada";
    await iam().send(new CreateUserCommand({ UserName }));
    const create = (Password: string) => refusal(iam().send(new CreateLoginProfileCommand({ UserName, Password })));
    const change = (Password: string) => refusal(iam().send(new UpdateLoginProfileCommand({ UserName, Password })));
    expect(await create("abc")).toBe("PasswordPolicyViolation");
    expect(await create("abcdefghijk1")).toBe("PasswordPolicyViolation");
    expect(await create("Abcdefghijk1")).toBe("");
    const policy = { MinimumPasswordLength: 14, RequireSymbols: true };
    await iam().send(new UpdateAccountPasswordPolicyCommand(policy));
    expect(await change("Abcdefghijk1!")).toBe("PasswordPolicyViolation");
    expect(await change("Abcdefghijklm1")).toBe("PasswordPolicyViolation");
    expect(await change("abcdefghijklm!")).toBe("");
  });
});
