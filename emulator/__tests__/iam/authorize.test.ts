import { authorize, type Principal } from "../../iam/authorize";
import type { Ask, ModelledCall } from "../../iam/call";
import type { JsonObject } from "../../wire/json";
import { account, answers, call, region } from "./modelled-call";

const principal: Principal = { arn: `arn:aws:sts::${account}:assumed-role/deploy/job` };
const roleArn = `arn:aws:iam::${account}:role/pipeline/deploy`;
const limits = `arn:aws:iam::${account}:policy/pipeline/limits`;
const network = `arn:aws:iam::${account}:policy/network`;
const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
const encoded = (...statements: JsonObject[]) =>
  encodeURIComponent(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
const allow = (action: string | string[], resource: string | string[] = "*", condition?: JsonObject): JsonObject => ({
  Effect: "Allow",
  Action: action,
  Resource: resource,
  ...(condition && { Condition: condition }),
});

interface Role {
  readonly inline?: readonly JsonObject[];
  readonly attached?: readonly JsonObject[];
  readonly boundary?: readonly JsonObject[];
}

/** IAM with the role "deploy" and its policies. */
function iam({ inline, attached, boundary }: Role, others: Readonly<Record<string, JsonObject>> = {}): Ask {
  const policy = (document: readonly JsonObject[] = []) => ({ PolicyVersion: { Document: encoded(...document) } });
  return answers({
    "iam:GetRole deploy": {
      Role: {
        Arn: roleArn,
        RoleId: "AROA1",
        Tags: [{ Key: "team", Value: "shop" }],
        ...(boundary && { PermissionsBoundary: { PermissionsBoundaryArn: limits } }),
      },
    },
    "iam:ListRolePolicies": { PolicyNames: inline ? ["own"] : [], IsTruncated: false },
    "iam:GetRolePolicy": { PolicyName: "own", PolicyDocument: encoded(...(inline ?? [])) },
    "iam:ListAttachedRolePolicies": { AttachedPolicies: attached ? [{ PolicyArn: network }] : [] },
    "iam:GetPolicy": { Policy: { DefaultVersionId: "v2" } },
    [`iam:GetPolicyVersion ${network}`]: policy(attached),
    [`iam:GetPolicyVersion ${limits}`]: policy(boundary),
    ...others,
  });
}

const createQueue = call("sqs:CreateQueue", { QueueName: "shop-jobs" });
const queues = arn("sqs", "shop-*");

describe("a call of a role session", () => {
  it("is allowed by an inline policy", async () => {
    expect(await authorize(createQueue, principal, iam({ inline: [allow("sqs:*", queues)] }))).toBeUndefined();
  });

  it("is allowed by the default version of an attached policy", async () => {
    expect(
      await authorize(createQueue, principal, iam({ attached: [allow("sqs:CreateQueue", queues)] })),
    ).toBeUndefined();
  });

  it("is refused without a policy that allows it", async () => {
    expect(await authorize(createQueue, principal, iam({ inline: [allow("sqs:*", arn("sqs", "other-*"))] }))).toEqual({
      code: "AccessDenied",
      message: `User: ${principal.arn} is not authorized to perform: sqs:createqueue on resource: ${arn("sqs", "shop-jobs")} because no identity-based policy allows the sqs:createqueue action`,
      status: 403,
    });
  });

  it("is refused beyond the permissions boundary", async () => {
    const refusal = await authorize(createQueue, principal, iam({ inline: [allow("*")], boundary: [allow("s3:*")] }));
    expect(refusal?.message).toContain("because no permissions boundary allows the sqs:createqueue action");
  });

  it("is refused by a deny of the boundary, which the message names", async () => {
    const boundary = [allow("*"), { ...allow("sqs:*"), Effect: "Deny" }];
    const refusal = await authorize(createQueue, principal, iam({ inline: [allow("*")], boundary }));
    expect(refusal?.message).toContain(`with an explicit deny in a permissions boundary: ${limits}`);
  });

  it("is refused beyond its session policy", async () => {
    const session = {
      ...principal,
      sessionPolicies: [JSON.stringify({ Version: "2012-10-17", Statement: allow("s3:*") })],
    };
    const refusal = await authorize(createQueue, session, iam({ inline: [allow("*")] }));
    expect(refusal?.message).toContain("because no session policy allows");
  });

  it("is refused beyond a managed policy that was passed for the session", async () => {
    const session = { ...principal, sessionPolicyArns: [limits] };
    const ask = iam({ inline: [allow("*")], boundary: [allow("s3:*")] });
    expect((await authorize(call("s3:ListBuckets"), session, ask))?.message).toBeUndefined();
    expect((await authorize(call("ecs:ListClusters"), session, iam({ inline: [allow("*")] })))?.message).toContain(
      "session policy",
    );
  });

  it("is refused for an action that it needs besides its own", async () => {
    const ask = iam({ inline: [allow("sqs:CreateQueue", queues)] });
    const refusal = await authorize(
      call("sqs:CreateQueue", { QueueName: "shop-jobs", tags: { a: "b" } }),
      principal,
      ask,
    );
    expect(refusal?.message).toContain("sqs:tagqueue");
  });

  it("reads all pages of the role's policies", async () => {
    const pages: Ask = (model, operation, input) => {
      if (operation === "ListRolePolicies" && input.Marker === undefined) {
        return Promise.resolve({ PolicyNames: [], IsTruncated: true, Marker: "next" });
      }
      return iam({ inline: [allow("sqs:*", queues)] })(model, operation, input);
    };
    expect(await authorize(createQueue, principal, pages)).toBeUndefined();
  });

  it("is refused when the role was deleted", async () => {
    expect((await authorize(createQueue, principal, answers({})))?.message).toContain("no identity-based policy");
  });
});

describe("the conditions of a role's policies", () => {
  const decide = async (condition: JsonObject, asked = createQueue, from = principal) =>
    (await authorize(asked, from, iam({ inline: [allow("*", "*", condition)] }))) === undefined;

  it("see the region of the call", async () => {
    expect(await decide({ StringEquals: { "aws:RequestedRegion": region } })).toBe(true);
    expect(await decide({ StringEquals: { "aws:RequestedRegion": "us-east-1" } })).toBe(false);
  });

  it("see us-east-1 as the region of global services", async () => {
    const zones = call("route53:ListHostedZones");
    expect(await decide({ StringEquals: { "aws:RequestedRegion": "us-east-1" } }, zones)).toBe(true);
  });

  it("see the role with its path, its account and its tags", async () => {
    expect(await decide({ ArnEquals: { "aws:PrincipalArn": roleArn } })).toBe(true);
    expect(await decide({ StringEquals: { "aws:PrincipalAccount": account, "aws:PrincipalTag/team": "shop" } })).toBe(
      true,
    );
    expect(await decide({ StringLike: { "aws:userid": "AROA1:job" } })).toBe(true);
  });

  it("see the tags of the session before those of the role", async () => {
    const session = { ...principal, sessionTags: { team: "orders" } };
    expect(await decide({ StringEquals: { "aws:PrincipalTag/team": "orders" } }, createQueue, session)).toBe(true);
  });

  it("see the tags of the request", async () => {
    const tagged = call("sqs:CreateQueue", { QueueName: "a", tags: { env: "dev" } });
    expect(await decide({ StringEquals: { "aws:RequestTag/env": "dev" } }, tagged)).toBe(true);
    expect(await decide({ "ForAllValues:StringEquals": { "aws:TagKeys": ["cost"] } }, tagged)).toBe(false);
    expect(await decide({ Null: { "aws:RequestTag/env": "false" } })).toBe(false);
  });

  it("see TLS, and the address if it is known", async () => {
    expect(await decide({ Bool: { "aws:SecureTransport": "true" } })).toBe(true);
    const from = { ...principal, sourceIp: "203.0.113.9" };
    expect(await decide({ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, createQueue, from)).toBe(true);
    expect(await decide({ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } })).toBe(false);
  });

  it("see the service that a role is passed to", async () => {
    const register = call("ecs:RegisterTaskDefinition", {
      family: "web",
      taskRoleArn: `arn:aws:iam::${account}:role/web`,
    });
    const roles = (service: string) =>
      iam({
        inline: [
          allow("ecs:*"),
          allow("iam:PassRole", `arn:aws:iam::${account}:role/*`, { StringEquals: { "iam:PassedToService": service } }),
        ],
      });
    expect(await authorize(register, principal, roles("ecs-tasks.amazonaws.com"))).toBeUndefined();
    const refusal = await authorize(register, principal, roles("ec2.amazonaws.com"));
    expect(refusal).toMatchObject({ code: "AccessDeniedException", status: 400 });
    expect(refusal?.message).toContain("iam:PassRole");
  });

  it("keep a role from creating roles without its boundary", async () => {
    const boundary = [
      allow("*"),
      {
        Effect: "Deny",
        Action: "iam:CreateRole",
        Resource: "*",
        Condition: { StringNotEquals: { "iam:PermissionsBoundary": limits } },
      },
    ];
    const ask = iam({ inline: [allow("*")], boundary });
    const create = (permissionsBoundary?: string) =>
      authorize(call("iam:CreateRole", { RoleName: "web", PermissionsBoundary: permissionsBoundary }), principal, ask);
    expect(await create(limits)).toBeUndefined();
    expect(await create()).toMatchObject({ code: "AccessDenied" });
    expect(await create(network)).toMatchObject({ code: "AccessDenied" });
  });

  it("see the tags of the resource", async () => {
    const asked = call("ec2:DeleteVpc", { VpcId: "vpc-0123456789abcdef0" });
    const decide = (key: string, value: string) => {
      const inline = [allow("*", "*", { StringEquals: { [key]: "shop" } })];
      return authorize(
        asked,
        principal,
        iam({ inline }, { "ec2:DescribeTags": { Tags: [{ Key: "App", Value: value }] } }),
      );
    };
    expect(await decide("aws:ResourceTag/app", "shop")).toBeUndefined();
    expect(await decide("ec2:ResourceTag/app", "shop")).toBeUndefined();
    expect(await decide("aws:ResourceTag/app", "other")).toMatchObject({ code: "UnauthorizedOperation", status: 403 });
  });

  it("see the tags of a resource of Amazon RDS by its type", async () => {
    const decide = (key: string) => {
      const ask = iam(
        { inline: [allow("*", "*", { StringEquals: { [key]: "shop" } })] },
        { [`rds:ListTagsForResource ${arn("rds", "db:orders")}`]: { TagList: [{ Key: "app", Value: "shop" }] } },
      );
      return authorize(call("rds:DeleteDBInstance", { DBInstanceIdentifier: "orders" }), principal, ask);
    };
    expect(await decide("rds:db-tag/app")).toBeUndefined();
    expect(await decide("rds:cluster-tag/app")).toMatchObject({ code: "AccessDenied" });
  });

  it("see no tags of what a call creates", async () => {
    const asked = call("ec2:CreateVpc", { CidrBlock: "10.0.0.0/16" });
    const decide = (operator: string) =>
      authorize(
        asked,
        principal,
        iam({ inline: [allow("*", "*", { [operator]: { "aws:ResourceTag/app": "shop" } })] }),
      );
    expect(await decide("StringEquals")).toMatchObject({ code: "UnauthorizedOperation" });
    expect(await decide("StringEqualsIfExists")).toBeUndefined();
    expect(await decide("StringNotEquals")).toBeUndefined();
  });

  const decideOn = async (asked: ModelledCall, condition: JsonObject, outputs: Readonly<Record<string, JsonObject>>) =>
    (await authorize(asked, principal, iam({ inline: [allow("*", "*", condition)] }, outputs))) === undefined;
  const vpc = arn("ec2", "vpc/vpc-0123456789abcdef0");
  const subnetId = "subnet-0123456789abcdef0";
  const subnet = {
    "ec2:DescribeSubnets": { Subnets: [{ VpcId: "vpc-0123456789abcdef0", AvailabilityZone: "eu-west-1a" }] },
  };

  it("see the VPC of a resource of Amazon EC2", async () => {
    const group = { "ec2:DescribeSecurityGroups": { SecurityGroups: [{ VpcId: "vpc-0123456789abcdef0" }] } };
    const remove = call("ec2:DeleteSecurityGroup", { GroupId: "sg-0123456789abcdef0" });
    expect(await decideOn(remove, { ArnEquals: { "ec2:Vpc": vpc } }, group)).toBe(true);
    expect(await decideOn(remove, { ArnEquals: { "ec2:Vpc": `${vpc}1` } }, group)).toBe(false);
    const removeSubnet = call("ec2:DeleteSubnet", { SubnetId: subnetId });
    expect(await decideOn(removeSubnet, { StringEquals: { "ec2:AvailabilityZone": "eu-west-1a" } }, subnet)).toBe(true);
    expect(await decideOn(removeSubnet, { StringEquals: { "ec2:SubnetID": subnetId } }, {})).toBe(true);
  });

  it("see what is launched on the resource that it describes", async () => {
    const launch = (InstanceType: string) =>
      call("ec2:RunInstances", { ImageId: "ami-0123456789abcdef0", InstanceType, SubnetId: subnetId });
    const decide = async (type: string, resource: string, condition: JsonObject) => {
      const deny = { ...allow("ec2:RunInstances", resource, condition), Effect: "Deny" };
      return (await authorize(launch(type), principal, iam({ inline: [allow("*"), deny] }, subnet))) === undefined;
    };
    const others = { StringNotEquals: { "ec2:InstanceType": "t3.micro" } };
    expect(await decide("t3.micro", arn("ec2", "instance/*"), others)).toBe(true);
    expect(await decide("m7i.large", arn("ec2", "instance/*"), others)).toBe(false);
    const elsewhere = { ArnNotEquals: { "ec2:Vpc": vpc } };
    expect(await decide("t3.micro", arn("ec2", "network-interface/*"), elsewhere)).toBe(true);
    // A security group or an image has no instance type.
    expect(await decide("t3.micro", "*", others)).toBe(false);
  });

  it("see the aliases of a key, the tags of an object and the ARN of a secret", async () => {
    const aliases = { "kms:ListAliases": { Aliases: [{ AliasName: "alias/shop" }] } };
    const aliasIs = (name: string) => ({ "ForAnyValue:StringEquals": { "kms:ResourceAliases": name } });
    const describe = call("kms:DescribeKey", { KeyId: "1234" });
    expect(await decideOn(describe, aliasIs("alias/shop"), aliases)).toBe(true);
    expect(await decideOn(describe, aliasIs("alias/other"), aliases)).toBe(false);

    const objectTags = { "s3:GetObjectTagging": { TagSet: [{ Key: "scan", Value: "clean" }] } };
    const read = call("s3:GetObject", { Bucket: "b", Key: "k/a" });
    const tagIs = (value: string) => ({ StringEquals: { "s3:ExistingObjectTag/scan": value } });
    expect(await decideOn(read, tagIs("clean"), objectTags)).toBe(true);
    expect(await decideOn(read, tagIs("infected"), objectTags)).toBe(false);

    const secret = arn("secretsmanager", "secret:key-abcdef");
    const named = { "secretsmanager:DescribeSecret": { ARN: secret } };
    const value = call("secretsmanager:GetSecretValue", { SecretId: "key" });
    expect(await decideOn(value, { StringEquals: { "secretsmanager:SecretId": secret } }, named)).toBe(true);
    expect(await decideOn(value, { StringEquals: { "secretsmanager:SecretId": `${secret}1` } }, named)).toBe(false);
  });

  it("are the only reason to read the tags of the resource", async () => {
    const tags = { StringEquals: { "aws:ResourceTag/app": "shop" } };
    const ask = jest.fn(iam({ inline: [allow("sqs:*"), allow("ec2:*", "*", tags)] }));
    await authorize(createQueue, principal, ask);
    expect(ask.mock.calls.filter(([, operation]) => operation.includes("Tags"))).toEqual([]);
  });
});

describe("the policy of a bucket", () => {
  const remove = call("s3:DeleteObject", { Bucket: "state", Key: "shop.tfstate" });
  const bucketPolicy = (statement: JsonObject) => ({
    "s3:GetBucketPolicy": { Policy: JSON.stringify({ Version: "2012-10-17", Statement: statement }) },
  });

  it("denies what the role's policies allow", async () => {
    const statement = {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:DeleteObject",
      Resource: "arn:aws:s3:::state/*.tfstate",
      Condition: { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/pipeline/*` } },
    };
    expect(await authorize(remove, principal, iam({ inline: [allow("s3:*")] }, bucketPolicy(statement)))).toEqual({
      code: "AccessDenied",
      message: `User: ${principal.arn} is not authorized to perform: s3:DeleteObject on resource: "arn:aws:s3:::state/shop.tfstate" with an explicit deny in a resource-based policy`,
      status: 403,
    });
  });

  it("does not allow what the call needs in other services", async () => {
    const statement = { ...allow("*", "*"), Principal: { AWS: roleArn } };
    const input = { Bucket: "state", ReplicationConfiguration: { Role: `arn:aws:iam::${account}:role/copy` } };
    const refusal = await authorize(
      call("s3:PutBucketReplication", input),
      principal,
      iam({}, bucketPolicy(statement)),
    );
    expect(refusal?.message).toContain("iam:PassRole");
  });

  it("allows a role that has no policy", async () => {
    const statement = { ...allow("s3:DeleteObject", "arn:aws:s3:::state/*"), Principal: { AWS: roleArn } };
    expect(await authorize(remove, principal, iam({}, bucketPolicy(statement)))).toBeUndefined();
  });
});

describe("the policy of a resource", () => {
  const policyOf = (statement: JsonObject) => JSON.stringify({ Version: "2012-10-17", Statement: statement });
  const attributes = (statement: JsonObject) => ({ Attributes: { Policy: policyOf(statement) } });
  const stream = arn("dynamodb", "table/orders/stream/2026");

  it.each<[string, JsonObject, string, string, (statement: JsonObject) => JsonObject]>([
    [
      "sqs:SendMessage",
      { QueueUrl: `https://sqs.${region}.amazonaws.com/${account}/jobs`, MessageBody: "a" },
      "sqs:GetQueueAttributes",
      arn("sqs", "jobs"),
      attributes,
    ],
    ["sns:Publish", { TopicArn: arn("sns", "alarms") }, "sns:GetTopicAttributes", arn("sns", "alarms"), attributes],
    [
      "lambda:Invoke",
      { FunctionName: "shop" },
      "lambda:GetPolicy shop",
      arn("lambda", "function:shop"),
      (statement) => ({ Policy: policyOf(statement) }),
    ],
    [
      "events:PutEvents",
      { Entries: [{ EventBusName: "orders" }] },
      "events:DescribeEventBus orders",
      arn("events", "event-bus/orders"),
      (statement) => ({ Policy: policyOf(statement) }),
    ],
    [
      "events:PutRule",
      { EventBusName: "orders", Name: "paid" },
      "events:DescribeEventBus orders",
      arn("events", "rule/orders/paid"),
      (statement) => ({ Policy: policyOf(statement) }),
    ],
    [
      "dynamodb:Query",
      { TableName: "orders", IndexName: "by-day" },
      `dynamodb:GetResourcePolicy ${arn("dynamodb", "table/orders")}`,
      arn("dynamodb", "table/orders/index/by-day"),
      (statement) => ({ Policy: policyOf(statement) }),
    ],
    [
      "dynamodb:DescribeStream",
      { StreamArn: stream },
      `dynamodb:GetResourcePolicy ${stream}`,
      stream,
      (statement) => ({ Policy: policyOf(statement) }),
    ],
    [
      "secretsmanager:GetSecretValue",
      { SecretId: arn("secretsmanager", "secret:key-abcdef") },
      "secretsmanager:GetResourcePolicy",
      arn("secretsmanager", "secret:key-abcdef"),
      (statement) => ({ ResourcePolicy: policyOf(statement) }),
    ],
    [
      "ecr:BatchGetImage",
      { repositoryName: "shop/web" },
      "ecr:GetRepositoryPolicy shop/web",
      arn("ecr", "repository/shop/web"),
      (statement) => ({ policyText: policyOf(statement) }),
    ],
  ])("allows the role or denies it: %s", async (name, input, read, resource, output) => {
    const [prefix = ""] = name.split(":");
    const decide = (role: Role, statement: JsonObject) =>
      authorize(call(name, input), principal, iam(role, { [read]: output(statement) }));
    const toRole = (effect: string) => ({
      ...allow(`${prefix}:*`, resource),
      Effect: effect,
      Principal: { AWS: roleArn },
    });
    expect(await decide({}, toRole("Allow"))).toBeUndefined();
    expect(await decide({}, { ...toRole("Allow"), Principal: { AWS: account } })).toBeDefined();
    expect((await decide({ inline: [allow("*")] }, toRole("Deny")))?.message).toContain(
      "with an explicit deny in a resource-based policy",
    );
  });

  it("is that of each bucket of a copy", async () => {
    const input = { Bucket: "target", Key: "a", CopySource: "/source/a" };
    const denied = (bucket: string) => ({
      [`s3:GetBucketPolicy ${bucket}`]: {
        Policy: policyOf({ ...allow("s3:*", `arn:aws:s3:::${bucket}/*`), Effect: "Deny", Principal: "*" }),
      },
    });
    const decide = (others: Readonly<Record<string, JsonObject>>) =>
      authorize(call("s3:CopyObject", input), principal, iam({ inline: [allow("*")] }, others));
    expect(await decide({})).toBeUndefined();
    expect(await decide(denied("source"))).toMatchObject({ code: "AccessDenied" });
    expect(await decide(denied("target"))).toMatchObject({ code: "AccessDenied" });
  });
});

describe("the policy of a function", () => {
  it.each([
    ["a role", roleArn, true],
    ["an account, whose role needs the permission as well", account, false],
    ["another role", `${roleArn}-other`, false],
  ])("names %s as moto keeps it", async (_, Principal, isAllowed) => {
    const FunctionName = "shop";
    const resource = arn("lambda", `function:${FunctionName}`);
    const Policy = JSON.stringify({ Statement: [{ ...allow("lambda:InvokeFunction", resource), Principal }] });
    const invoke = call("lambda:Invoke", { FunctionName });
    const decided = await authorize(invoke, principal, iam({}, { "lambda:GetPolicy shop": { Policy } }));
    expect(decided === undefined).toBe(isAllowed);
  });
});

describe("the policy of a key", () => {
  const key = arn("kms", "key/1234");
  const root = { ...allow("kms:*"), Principal: { AWS: `arn:aws:iam::${account}:root` } };
  const kms = (role: Role, statement: JsonObject, grants: readonly JsonObject[] = []) =>
    iam(role, {
      "kms:DescribeKey alias/shop": { KeyMetadata: { Arn: key } },
      [`kms:GetKeyPolicy ${key}`]: { Policy: JSON.stringify({ Version: "2012-10-17", Statement: statement }) },
      [`kms:ListGrants ${key}`]: { Grants: grants },
    });
  const encrypt = (KeyId: string, EncryptionContext?: JsonObject) =>
    call("kms:Encrypt", { KeyId, Plaintext: "YQ==", EncryptionContext });

  it("must allow the account or the caller, also when an alias names the key", async () => {
    const other = { ...root, Principal: { AWS: `arn:aws:iam::${account}:role/other` } };
    const inline = [allow("kms:*")];
    for (const name of ["1234", key, "alias/shop"]) {
      expect(await authorize(encrypt(name), principal, kms({ inline }, root))).toBeUndefined();
      expect((await authorize(encrypt(name), principal, kms({ inline }, other)))?.message).toContain(
        `is not authorized to perform: kms:Encrypt on resource: ${key} because no resource-based policy allows`,
      );
    }
  });

  it("is completed by the grants of the key", async () => {
    const grant = (change: JsonObject) => ({ GranteePrincipal: roleArn, Operations: ["Encrypt"], ...change });
    const decide = async (change: JsonObject, context?: JsonObject) =>
      (await authorize(encrypt("1234", context), principal, kms({}, root, [grant(change)]))) === undefined;
    expect(await decide({})).toBe(true);
    expect(await decide({ Operations: ["Decrypt"] })).toBe(false);
    expect(await decide({ GranteePrincipal: `${roleArn}-other` })).toBe(false);
    const subset = { Constraints: { EncryptionContextSubset: { app: "shop" } } };
    expect(await decide(subset, { app: "shop", day: "1" })).toBe(true);
    expect(await decide(subset, { app: "other" })).toBe(false);
    const equal = { Constraints: { EncryptionContextEquals: { app: "shop" } } };
    expect(await decide(equal, { app: "shop" })).toBe(true);
    expect(await decide(equal, { app: "shop", day: "1" })).toBe(false);
  });

  it("lets a grant pass on what it has itself", async () => {
    const Operations = ["CreateGrant", "Encrypt"];
    const Constraints = { EncryptionContextSubset: { app: "shop" } };
    const grant = { GranteePrincipal: roleArn, Operations, Constraints };
    const decide = async (...passed: string[]) => {
      const create = call("kms:CreateGrant", { KeyId: "1234", GranteePrincipal: "a", Operations: passed });
      return (await authorize(create, principal, kms({}, root, [grant]))) === undefined;
    };
    expect(await decide("Encrypt")).toBe(true);
    expect(await decide("Encrypt", "CreateGrant")).toBe(true);
    expect(await decide("Encrypt", "Decrypt")).toBe(false);
  });

  it("denies what a grant allows", async () => {
    const grant = { GranteePrincipal: roleArn, Operations: ["Encrypt"] };
    const deny = { ...root, Effect: "Deny", Principal: { AWS: roleArn } };
    expect((await authorize(encrypt("1234"), principal, kms({}, deny, [grant])))?.message).toContain("explicit deny");
  });

  it("leaves grants unread for what the policies allow", async () => {
    const ask = jest.fn(kms({ inline: [allow("kms:*")] }, root));
    await authorize(encrypt("1234"), principal, ask);
    expect(ask.mock.calls.map(([, operation]) => operation)).not.toContain("ListGrants");
  });
});

describe("a role that a role assumes", () => {
  const target = `arn:aws:iam::${account}:role/target`;
  const assume = call("sts:AssumeRole", { RoleArn: target, RoleSessionName: "job" }, { protocol: "query" });
  const trusting = (name: string) => ({
    "iam:GetRole target": {
      Role: {
        Arn: target,
        AssumeRolePolicyDocument: encoded({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: name } }),
      },
    },
  });

  it("must trust the role or its account", async () => {
    const identity = { inline: [allow("sts:AssumeRole")] };
    expect(await authorize(assume, principal, iam(identity, trusting(account)))).toBeUndefined();
    expect(await authorize(assume, principal, iam(identity, trusting("999999999999")))).toEqual({
      code: "AccessDenied",
      message: `User: ${principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${target} because no role trust policy allows the sts:AssumeRole action`,
      status: 403,
    });
  });

  it("needs no identity-based policy when it trusts the role itself", async () => {
    expect(await authorize(assume, principal, iam({}, trusting(roleArn)))).toBeUndefined();
    expect(await authorize(assume, principal, iam({}, trusting(account)))).toMatchObject({ code: "AccessDenied" });
  });

  it("must be allowed by the caller's policies when it is in another account, even if it trusts the role", async () => {
    const arn = "arn:aws:iam::999999999999:role/target";
    const elsewhere = call("sts:AssumeRole", { RoleArn: arn }, { protocol: "query" });
    const others = trusting(roleArn)["iam:GetRole target"];
    const role = { "iam:GetRole target": { Role: { ...others.Role, Arn: arn } } };
    expect(
      await authorize(elsewhere, principal, iam({ inline: [allow("sts:AssumeRole", arn)] }, role)),
    ).toBeUndefined();
    expect(await authorize(elsewhere, principal, iam({}, role))).toMatchObject({ code: "AccessDenied" });
  });

  it("is evaluated with the external id", async () => {
    const trust = trusting(account)["iam:GetRole target"];
    const Condition = { StringEquals: { "sts:ExternalId": "shop" } };
    const AssumeRolePolicyDocument = encoded({
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Principal: { AWS: account },
      Condition,
    });
    const role = { "iam:GetRole target": { Role: { ...trust.Role, AssumeRolePolicyDocument } } };
    const assumeWith = (ExternalId: string) =>
      authorize(
        { ...assume, input: { ...assume.input, ExternalId } },
        principal,
        iam({ inline: [allow("sts:AssumeRole")] }, role),
      );
    expect(await assumeWith("shop")).toBeUndefined();
    expect(await assumeWith("other")).toMatchObject({ code: "AccessDenied" });
  });
});

describe("other principals", () => {
  it.each([`arn:aws:iam::${account}:root`, ""])("may do everything: %s", async (caller) => {
    expect(await authorize(createQueue, { arn: caller }, answers({}))).toBeUndefined();
  });
});
