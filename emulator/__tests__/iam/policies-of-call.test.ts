import { policyRefusal } from "../../iam/policies-of-call";
import type { JsonObject } from "../../wire/json";
import { account, answers, call } from "./modelled-call";

const root = `arn:aws:iam::${account}:root`;
const role = `arn:aws:iam::${account}:role/team/app`;
const policy = (statement: JsonObject) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
const allow = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::shop/*" };
const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } };
const ofKey = { Effect: "Allow", Action: "kms:*", Resource: "*", Principal: { AWS: root } };
const ofQueue = {
  Effect: "Allow",
  Action: "sqs:SendMessage",
  Resource: "*",
  Principal: { Service: "events.amazonaws.com" },
};
const ofTopic = { ...ofQueue, Action: "sns:Publish" };
const ofLogs = { ...ofQueue, Action: "logs:PutLogEvents" };
const none = answers({});
const refuse = (name: string, input: JsonObject, ask = none) => policyRefusal(call(name, input), ask);

describe("a policy in a call", () => {
  it.each<[string, JsonObject]>([
    ["iam:CreatePolicy", { PolicyName: "a", PolicyDocument: policy(allow) }],
    ["iam:CreateRole", { RoleName: "a", AssumeRolePolicyDocument: policy(trust) }],
    ["iam:PutRolePolicy", { RoleName: "a", PolicyName: "b", PolicyDocument: policy(allow) }],
    ["s3:PutBucketPolicy", { Bucket: "shop", Policy: policy({ ...allow, Principal: "*" }) }],
    ["sqs:SetQueueAttributes", { QueueUrl: "a", Attributes: { Policy: policy(ofQueue) } }],
    ["sqs:SetQueueAttributes", { QueueUrl: "a", Attributes: { Policy: "" } }],
    ["sns:SetTopicAttributes", { AttributeName: "Policy", AttributeValue: policy(ofTopic) }],
    ["sns:SetTopicAttributes", { AttributeName: "DisplayName", AttributeValue: "no policy" }],
    ["kms:CreateKey", { Policy: policy(ofKey) }],
    ["kms:CreateKey", {}],
    ["logs:PutResourcePolicy", { policyName: "a", policyDocument: policy(ofLogs) }],
    [
      "ecr:SetRepositoryPolicy",
      { repositoryName: "a", policyText: policy({ Effect: "Allow", Action: "ecr:*", Principal: { AWS: root } }) },
    ],
    [
      "apigateway:CreateRestApi",
      { policy: policy({ Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*" }) },
    ],
    ["ec2:CreateVpcEndpoint", { PolicyDocument: policy({ ...allow, Principal: "*" }) }],
    ["ecs:CreateCluster", { clusterName: "{" }],
  ])("of %s is taken when it is valid: %j", async (name, input) => {
    expect(await refuse(name, input)).toBeUndefined();
  });

  it.each<[string, JsonObject, string, string]>([
    [
      "iam:CreatePolicy",
      { PolicyDocument: policy({ ...allow, Action: "GetObject" }) },
      "MalformedPolicyDocument",
      "prefaced by a vendor",
    ],
    [
      "iam:CreatePolicyVersion",
      { PolicyDocument: policy({ ...allow, Principal: "*" }) },
      "MalformedPolicyDocument",
      "should not specify a principal",
    ],
    ["iam:PutUserPolicy", { PolicyDocument: "{" }, "MalformedPolicyDocument", "Syntax errors in policy."],
    ["iam:PutGroupPolicy", { PolicyDocument: "{" }, "MalformedPolicyDocument", "Syntax errors in policy."],
    [
      "iam:CreateRole",
      { AssumeRolePolicyDocument: policy(allow) },
      "MalformedPolicyDocument",
      "Has prohibited field Resource",
    ],
    [
      "iam:UpdateAssumeRolePolicy",
      { PolicyDocument: policy({ ...trust, Principal: { Service: "ec2" } }) },
      "MalformedPolicyDocument",
      '"SERVICE":"ec2"',
    ],
    ["s3:PutBucketPolicy", { Bucket: "shop", Policy: "no JSON" }, "MalformedPolicy", "Policies must be valid JSON"],
    [
      "s3:PutBucketPolicy",
      { Bucket: "shop", Policy: policy(allow) },
      "MalformedPolicy",
      "Missing required field Principal",
    ],
    [
      "s3:PutBucketPolicy",
      { Bucket: "shop", Policy: policy({ ...allow, Principal: { AWS: "app" } }) },
      "MalformedPolicy",
      "Invalid principal in policy",
    ],
    [
      "sqs:CreateQueue",
      { Attributes: { Policy: policy({ ...ofQueue, Resource: undefined }) } },
      "InvalidAttributeValue",
      "Invalid value for the parameter Policy.",
    ],
    ["sns:CreateTopic", { Attributes: { Policy: "{" } }, "InvalidParameter", "Invalid parameter: Policy Error: null"],
    [
      "kms:PutKeyPolicy",
      { Policy: policy({ ...ofKey, Principal: { Service: "no.amazonaws.com" } }) },
      "MalformedPolicyDocumentException",
      "one or more invalid principals",
    ],
    ["logs:PutResourcePolicy", { policyDocument: "{" }, "InvalidParameterException", "Syntax errors in policy."],
    ["secretsmanager:PutResourcePolicy", { ResourcePolicy: "{" }, "MalformedPolicyDocumentException", "Syntax errors"],
    [
      "ecr:SetRepositoryPolicy",
      { policyText: policy({ Effect: "Allow", Action: "ecr:*" }) },
      "InvalidParameterException",
      "Principal",
    ],
    ["efs:PutFileSystemPolicy", { Policy: "{" }, "InvalidPolicyException", "Syntax errors"],
    ["backup:PutBackupVaultAccessPolicy", { Policy: "{" }, "InvalidParameterValueException", "Syntax errors"],
    [
      "apigateway:UpdateRestApi",
      { patchOperations: [{ path: "/policy", value: "{" }] },
      "BadRequestException",
      "Invalid policy document",
    ],
    [
      "apigateway:PutRestApi",
      { body: Buffer.from('{"x-amazon-apigateway-policy":{"Statement":[{}]}}').toString("base64") },
      "BadRequestException",
      "Invalid policy document",
    ],
    ["ec2:ModifyVpcEndpoint", { PolicyDocument: policy(allow) }, "InvalidPolicyDocument", "Principal"],
  ])("of %s is refused when it is invalid: %j", async (name, input, code, message) => {
    const refusal = await refuse(name, input);
    expect(refusal).toMatchObject({ code, status: 400 });
    expect(refusal?.message).toContain(message);
  });

  it.each(["*", "arn:aws:s3:::other/*", "arn:aws:s3:::shop-other"])(
    "of a bucket is about that bucket, not %s",
    async (resource) => {
      const document = policy({ ...allow, Principal: "*", Resource: resource });
      const refusal = await refuse("s3:PutBucketPolicy", { Bucket: "shop", Policy: document });
      expect(refusal?.message).toBe("Policy has invalid resource");
    },
  );

  it("of a key leaves the account or the caller able to change it", async () => {
    const document = policy({ ...ofKey, Principal: { AWS: role } });
    const input = { Policy: document };
    const asked = call("kms:CreateKey", input);
    const ask = answers({ "iam:GetRole": { Role: { Arn: role } } });
    expect((await policyRefusal(asked, ask))?.message).toContain("will not allow you to update the key policy");
    expect(await policyRefusal(asked, ask, { caller: [role] })).toBeUndefined();
    const conditions = {
      ...ofKey,
      Principal: "*",
      Condition: { StringEquals: { "kms:CallerAccount": "111122223333" } },
    };
    expect(await refuse("kms:CreateKey", { Policy: policy(conditions) }, ask)).toBeUndefined();
    expect(await refuse("kms:CreateKey", { ...input, BypassPolicyLockoutSafetyCheck: true }, ask)).toBeUndefined();
  });
});

describe("a principal of the account in a policy", () => {
  const trusting = (arn: string) => ({ AssumeRolePolicyDocument: policy({ ...trust, Principal: { AWS: arn } }) });

  it("must exist, with its path", async () => {
    const ask = answers({ "iam:GetRole app": { Role: { Arn: role } } });
    expect(await refuse("iam:CreateRole", trusting(role), ask)).toBeUndefined();
    expect((await refuse("iam:CreateRole", trusting(role), none))?.message).toBe(
      `Invalid principal in policy: "AWS":"${role}"`,
    );
    const withoutPath = `arn:aws:iam::${account}:role/app`;
    expect((await refuse("iam:CreateRole", trusting(withoutPath), ask))?.message).toContain(withoutPath);
  });

  it("may be a user", async () => {
    const user = `arn:aws:iam::${account}:user/anna`;
    expect(
      await refuse("iam:CreateRole", trusting(user), answers({ "iam:GetUser anna": { User: { Arn: user } } })),
    ).toBeUndefined();
    expect(await refuse("iam:CreateRole", trusting(user), none)).toMatchObject({ code: "MalformedPolicyDocument" });
  });

  it("is not looked up in other accounts", async () => {
    expect(await refuse("iam:CreateRole", trusting("arn:aws:iam::999999999999:role/other"), none)).toBeUndefined();
  });
});

describe("the size of a policy in a call", () => {
  const long = (length: number) => policy({ ...allow, Resource: `arn:aws:s3:::${"x".repeat(length)}` });

  it("is limited for a managed policy", async () => {
    expect(await refuse("iam:CreatePolicy", { PolicyDocument: long(6100) })).toEqual({
      code: "LimitExceeded",
      message: "Cannot exceed quota for PolicySize: 6144",
      status: 409,
    });
  });

  it("is limited for all inline policies of a role, of which the call replaces one", async () => {
    const ask = answers({
      "iam:ListRolePolicies": { PolicyNames: ["other", "own"] },
      "iam:GetRolePolicy": { PolicyDocument: encodeURIComponent(long(6000)) },
    });
    const put = (length: number) =>
      refuse("iam:PutRolePolicy", { RoleName: "app", PolicyName: "own", PolicyDocument: long(length) }, ask);
    expect(await put(4000)).toBeUndefined();
    expect(await put(4200)).toMatchObject({ message: "Maximum policy size of 10240 bytes exceeded for role app" });
  });

  it("is limited for a resource policy of CloudWatch Logs, unless it is attached to a log group", async () => {
    const document = policy({ ...ofLogs, Resource: `arn:aws:logs:eu-west-1:${account}:log-group:${"x".repeat(5100)}` });
    expect(await refuse("logs:PutResourcePolicy", { policyDocument: document })).toMatchObject({
      code: "LimitExceededException",
    });
    const attached = { policyDocument: document, resourceArn: `arn:aws:logs:eu-west-1:${account}:log-group:a` };
    expect(await refuse("logs:PutResourcePolicy", attached)).toBeUndefined();
  });

  it("is limited for a bucket policy", async () => {
    const document = policy({ ...allow, Principal: "*", Resource: `arn:aws:s3:::shop/${"x".repeat(20480)}` });
    expect(await refuse("s3:PutBucketPolicy", { Bucket: "shop", Policy: document })).toMatchObject({
      code: "PolicyTooLarge",
    });
  });
});
