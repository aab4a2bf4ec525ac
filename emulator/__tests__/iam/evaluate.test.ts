import { contextOf } from "../../iam/conditions";
import { allows, evaluate, type ApplicablePolicies, type AuthorizationRequest, type Caller } from "../../iam/evaluate";
import { parsePolicy } from "../../iam/policy-document";
import { refusalOf } from "../../iam/refusal";
import type { JsonObject } from "../../wire/json";

const session = {
  arn: "arn:aws:sts::111122223333:assumed-role/examplerole/session",
  roleArn: "arn:aws:iam::111122223333:role/examplerole",
};
const policy = (...statements: JsonObject[]) => ({
  name: "arn:aws:iam::111122223333:policy/example",
  document: parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement: statements })),
});
const allow = (action: string | string[], resource: string | string[] = "*") => ({
  Effect: "Allow",
  Action: action,
  Resource: resource,
});
const deny = (action: string | string[], resource: string | string[] = "*") => ({
  ...allow(action, resource),
  Effect: "Deny",
});
const request = (action: string, resource = "*", context = {}): AuthorizationRequest => ({
  action,
  resource,
  context: contextOf(context),
});
const ofResource = (...statements: JsonObject[]) => ({
  ...policy(...statements),
  type: "resource-based policy" as const,
  mustAllow: false,
});
const decide = (asked: AuthorizationRequest, policies: Partial<ApplicablePolicies>, caller: Caller = session) =>
  evaluate(asked, { identity: [], ...policies }, caller);

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
describe("AWS's example of an identity-based and a resource-based policy", () => {
  const carlos = { arn: "arn:aws:iam::123456789012:user/carlossalazar" };
  const own = ["arn:aws:s3:::carlossalazar/*", "arn:aws:s3:::carlossalazar"];
  const policies = {
    identity: [
      policy(
        { ...allow(["s3:GetBucketLocation", "s3:ListAllMyBuckets"], "arn:aws:s3:::*"), Sid: "AllowS3ListRead" },
        { ...allow("s3:*", own), Sid: "AllowS3Self" },
        { ...deny("s3:*", "arn:aws:s3:::*log*"), Sid: "DenyS3Logs" },
      ),
    ],
    resource: ofResource({ ...allow("s3:*", own), Principal: { AWS: carlos.arn } }),
  };

  it("denies access to buckets for logs", () => {
    const denied = decide(request("s3:PutObject", "arn:aws:s3:::carlossalazar-logs/x"), policies, carlos);
    expect(denied).toMatchObject({ explicit: true, policyType: "identity-based policy", sid: "DenyS3Logs" });
  });

  it("allows access to the user's own bucket", () => {
    expect(decide(request("s3:PutObject", "arn:aws:s3:::carlossalazar/x"), policies, carlos)).toBeUndefined();
  });

  it("does not allow what no policy mentions", () => {
    expect(decide(request("s3:PutObject", "arn:aws:s3:::other/x"), policies, carlos)).toEqual({
      explicit: false,
      policyType: "identity-based policy",
    });
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
describe("AWS's example of a permissions boundary", () => {
  const boundary = policy(allow(["s3:*", "cloudwatch:*", "ec2:*"]));

  it("does not allow what only the identity-based policy allows", () => {
    const identity = [policy(allow("iam:CreateUser"))];
    expect(decide(request("iam:CreateUser"), { identity, boundary })).toEqual({
      explicit: false,
      policyType: "permissions boundary",
    });
  });

  it("does not grant what it allows", () => {
    expect(decide(request("s3:ListAllMyBuckets"), { boundary })).toMatchObject({ policyType: "identity-based policy" });
  });

  it("allows what both allow", () => {
    const identity = [policy(allow("ec2:RunInstances"))];
    expect(decide(request("ec2:RunInstances"), { identity, boundary })).toBeUndefined();
  });

  it("denies what one of its statements denies", () => {
    const limits = policy(allow("*"), { ...deny("iam:CreateRole"), Sid: "NoRole" });
    expect(decide(request("iam:CreateRole"), { identity: [policy(allow("*"))], boundary: limits })).toMatchObject({
      explicit: true,
      policyType: "permissions boundary",
      sid: "NoRole",
    });
  });
});

describe("session policies", () => {
  const identity = [policy(allow("s3:*"))];

  it("limit what the role allows", () => {
    const policies = { identity, session: [policy(allow("s3:GetObject"))] };
    expect(decide(request("s3:GetObject", "arn:aws:s3:::a/b"), policies)).toBeUndefined();
    expect(decide(request("s3:PutObject", "arn:aws:s3:::a/b"), policies)).toMatchObject({
      policyType: "session policy",
    });
  });

  it("deny what one of their statements denies", () => {
    const policies = { identity, session: [policy(allow("*"), deny("s3:*"))] };
    expect(decide(request("s3:GetObject"), policies)).toMatchObject({ explicit: true, policyType: "session policy" });
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
describe("a resource-based policy of the same account", () => {
  const asked = request("s3:GetObject", "arn:aws:s3:::a/b");
  const granting = (principal: string | JsonObject) =>
    ofResource({ ...allow("s3:GetObject", "arn:aws:s3:::a/*"), Principal: principal });
  const boundary = policy(allow("ec2:*"));

  it("for the ARN of a role allows what no identity-based policy denies", () => {
    expect(decide(asked, { resource: granting({ AWS: session.roleArn }) })).toBeUndefined();
  });

  it("for the ARN of a role is limited by an implicit deny in the permissions boundary", () => {
    expect(decide(asked, { resource: granting({ AWS: session.roleArn }), boundary })).toMatchObject({
      policyType: "permissions boundary",
    });
  });

  it("for the ARN of a session is not limited by implicit denies", () => {
    const policies = { resource: granting({ AWS: session.arn }), boundary, session: [boundary] };
    expect(decide(asked, policies)).toBeUndefined();
  });

  it("for the account leaves the decision to identity-based policies", () => {
    const resource = granting({ AWS: "111122223333" });
    expect(decide(asked, { resource })).toMatchObject({ policyType: "identity-based policy" });
    expect(decide(asked, { resource, identity: [policy(allow("s3:GetObject"))] })).toBeUndefined();
  });

  it.each([session.arn, session.roleArn, "111122223333"])("denies the session when it names %s", (name) => {
    const resource = ofResource({ ...deny("s3:*"), Principal: { AWS: name } });
    expect(decide(asked, { resource, identity: [policy(allow("*"))] })).toMatchObject({
      policyType: "resource-based policy",
    });
    const ofOther = ofResource({ ...deny("s3:*"), Principal: { AWS: "arn:aws:iam::111122223333:role/other" } });
    expect(decide(asked, { resource: ofOther, identity: [policy(allow("*"))] })).toBeUndefined();
  });

  it("denies by a condition on the role", () => {
    const resource = ofResource({
      ...deny("s3:DeleteObject", "arn:aws:s3:::state/*.tfstate"),
      Principal: "*",
      Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/pipeline/*" } },
    });
    const asked = (role: string) =>
      request("s3:DeleteObject", "arn:aws:s3:::state/a.tfstate", { "aws:PrincipalArn": role });
    const policies = { resource, identity: [policy(allow("s3:*"))] };
    expect(decide(asked("arn:aws:iam::111122223333:role/pipeline/deploy"), policies)).toMatchObject({
      explicit: true,
      policyType: "resource-based policy",
    });
    expect(decide(asked("arn:aws:iam::111122223333:role/admin"), policies)).toBeUndefined();
  });

  it("denies everyone except the principals of NotPrincipal", () => {
    const resource = ofResource({ ...deny("s3:*"), NotPrincipal: { AWS: "arn:aws:iam::111122223333:role/other" } });
    expect(decide(asked, { resource, identity: [policy(allow("*"))] })).toMatchObject({ explicit: true });
  });

  // KMS: https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
  it("must allow the role or its account when it is the policy of a key", () => {
    const identity = [policy(allow("kms:*"))];
    const asked = request("kms:Decrypt", "arn:aws:kms:eu-west-1:111122223333:key/1");
    const ofKey = (principal: string) => ({
      ...ofResource({ ...allow("kms:*"), Principal: { AWS: principal } }),
      mustAllow: true,
    });
    expect(decide(asked, { identity, resource: ofKey("111122223333") })).toBeUndefined();
    expect(decide(asked, { identity, resource: ofKey(session.roleArn) })).toBeUndefined();
    expect(decide(asked, { identity, resource: ofKey("999999999999") })).toEqual({
      explicit: false,
      policyType: "resource-based policy",
    });
  });
});

describe("statements", () => {
  it("name actions without regard to case, with wildcards", () => {
    const identity = [policy(allow(["EC2:describe*", "iam:*AccessKey*"]))];
    expect(decide(request("ec2:DescribeVpcs"), { identity })).toBeUndefined();
    expect(decide(request("iam:CreateAccessKey"), { identity })).toBeUndefined();
    expect(decide(request("ec2:CreateVpc"), { identity })).toBeDefined();
  });

  it("with NotAction allow all other actions", () => {
    const identity = [policy({ Effect: "Allow", NotAction: ["iam:*", "sts:AssumeRole"], Resource: "*" })];
    expect(decide(request("ecs:CreateCluster"), { identity })).toBeUndefined();
    expect(decide(request("iam:CreateRole"), { identity })).toBeDefined();
  });

  it("with NotResource cover all other resources", () => {
    const identity = [policy({ Effect: "Allow", Action: "s3:*", NotResource: "arn:aws:s3:::secret/*" })];
    expect(decide(request("s3:GetObject", "arn:aws:s3:::a/b"), { identity })).toBeUndefined();
    expect(decide(request("s3:GetObject", "arn:aws:s3:::secret/b"), { identity })).toBeDefined();
  });

  it("do not allow an action without resource-level permissions on an ARN", () => {
    const identity = [policy(allow("ecs:DescribeTaskDefinition", "arn:aws:ecs:*:*:task-definition/*"))];
    expect(decide(request("ecs:DescribeTaskDefinition", "*"), { identity })).toBeDefined();
  });

  it("apply only when every condition is met", () => {
    const conditions = {
      StringEquals: { "aws:RequestedRegion": "eu-west-1", "iam:PassedToService": "ecs.amazonaws.com" },
    };
    const identity = [policy({ ...allow("iam:PassRole"), Condition: conditions })];
    const asked = (service: string) =>
      request("iam:PassRole", "*", { "aws:RequestedRegion": "eu-west-1", "iam:PassedToService": service });
    expect(decide(asked("ecs.amazonaws.com"), { identity })).toBeUndefined();
    expect(decide(asked("ec2.amazonaws.com"), { identity })).toBeDefined();
  });

  it("replace policy variables in resources", () => {
    const identity = [policy(allow("dynamodb:GetItem", "arn:aws:dynamodb:*:*:table/${aws:username}"))];
    const table = "arn:aws:dynamodb:us-east-2:111122223333:table/anna";
    expect(decide(request("dynamodb:GetItem", table, { "aws:username": "anna" }), { identity })).toBeUndefined();
    expect(decide(request("dynamodb:GetItem", table, { "aws:username": "*" }), { identity })).toBeDefined();
    expect(decide(request("dynamodb:GetItem", table), { identity })).toBeDefined();
  });
});

describe("a trust policy", () => {
  const trust = policy({
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal: { Service: "scheduler.amazonaws.com" },
  });
  const trusts = (service: string) =>
    allows(trust.document, request("sts:AssumeRole", session.roleArn), { type: "Service", identifiers: [service] });

  it("allows the service that it names to assume the role, and no other", () => {
    expect(trusts("scheduler.amazonaws.com")).toBe(true);
    expect(trusts("ecs-tasks.amazonaws.com")).toBe(false);
  });

  it("compares claims of an identity provider", () => {
    const provider = "arn:aws:iam::111122223333:oidc-provider/gitlab.com";
    const { document } = policy({
      Effect: "Allow",
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: { Federated: provider },
      Condition: { StringLike: { "gitlab.com:sub": "project_path:a/b:ref_type:branch:ref:*" } },
    });
    const trusts = (sub: string) =>
      allows(document, request("sts:AssumeRoleWithWebIdentity", session.roleArn, { "gitlab.com:sub": sub }), {
        type: "Federated",
        identifiers: [provider],
      });
    expect(trusts("project_path:a/b:ref_type:branch:ref:main")).toBe(true);
    expect(trusts("project_path:a/b:ref_type:tag:ref:v1")).toBe(false);
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
describe("the error of a refused call", () => {
  const refused = {
    operation: "CreateService",
    caller: session.arn,
    action: "ecs:CreateService",
    resource: "arn:aws:ecs:eu-west-1:111122223333:service/a/b",
    denial: { explicit: false, policyType: "identity-based policy" } as const,
  };

  it("names the caller, the action, the resource, and the kind of policy that does not allow it", () => {
    expect(refusalOf("ecs", "json", refused)).toEqual({
      code: "AccessDeniedException",
      message: `User: ${session.arn} is not authorized to perform: ecs:CreateService on resource: ${refused.resource} because no identity-based policy allows the ecs:CreateService action`,
      status: 400,
    });
  });

  it("names no resource for an action without resource-level permissions", () => {
    const denial = { explicit: false, policyType: "permissions boundary" } as const;
    const { message } = refusalOf("sagemaker", "json", {
      ...refused,
      action: "sagemaker:ListModels",
      resource: "*",
      denial,
    });
    expect(message).toBe(
      `User: ${session.arn} is not authorized to perform: sagemaker:ListModels because no permissions boundary allows the sagemaker:ListModels action`,
    );
  });

  it("names the policy with an explicit deny", () => {
    const name = "arn:aws:iam::111122223333:policy/ExampleDenyPolicy";
    const denial = { explicit: true, policyType: "identity-based policy", policy: name } as const;
    expect(refusalOf("iam", "query", { ...refused, denial }).message).toMatch(
      new RegExp(`with an explicit deny in an identity-based policy: ${name}$`),
    );
  });

  it.each([
    ["iam", "query", "AccessDenied", 403],
    ["s3", "rest-xml", "AccessDenied", 403],
    ["ec2", "ec2", "UnauthorizedOperation", 403],
    ["apigateway", "rest-json", "AccessDeniedException", 403],
    ["logs", "json", "AccessDeniedException", 400],
    ["sns", "query", "AuthorizationError", 403],
    ["sqs", "json", "AccessDenied", 403],
  ] as const)("of %s has the code of its protocol %s: %s", (service, protocol, code, status) => {
    expect(refusalOf(service, protocol, refused)).toMatchObject({ code, status });
  });

  it("asks for logs:TagResource in the words of CloudWatch Logs", () => {
    const asked = { ...refused, operation: "CreateLogGroup", action: "logs:TagResource" };
    expect(refusalOf("logs", "json", asked).message).toBe(
      'User with accountId: 111122223333 is not authorized to perform CreateLogGroup with Tags. An additional permission "logs:TagResource" is required.',
    );
    expect(refusalOf("logs", "json", { ...asked, operation: "TagResource" }).message).toMatch(/^User: arn/);
  });

  it("begins with EC2's own sentence in EC2", () => {
    expect(refusalOf("ec2", "ec2", refused).message).toMatch(
      /^You are not authorized to perform this operation. User: /,
    );
  });

  it("spells actions and resources as SNS, SQS and S3 do", () => {
    const message = (service: string, action: string) => refusalOf(service, "query", { ...refused, action }).message;
    expect(message("sns", "sns:CreateTopic")).toContain("to perform: SNS:CreateTopic on");
    expect(message("sqs", "sqs:CreateQueue")).toContain("to perform: sqs:createqueue on");
    expect(message("s3", "s3:ListBucket")).toContain(`on resource: "${refused.resource}" because`);
  });
});
