import { policyProblem } from "../../iam/policy-grammar";
import type { JsonObject } from "../../wire/json";

const identity: JsonObject = { Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:aws:s3:::examplebucket" };
const trust: JsonObject = {
  Effect: "Allow",
  Principal: { Service: "ecs-tasks.amazonaws.com" },
  Action: "sts:AssumeRole",
};
const resource: JsonObject = { ...identity, Principal: { AWS: "111122223333" } };

const document = (statement: unknown, rest: JsonObject = {}) =>
  JSON.stringify({ Version: "2012-10-17", Statement: statement, ...rest });
const ofIdentity = (change: JsonObject) => policyProblem(document({ ...identity, ...change }), "identity");
const ofTrust = (change: JsonObject) => policyProblem(document([{ ...trust, ...change }]), "trust");
const ofResource = (change: JsonObject) => policyProblem(document([{ ...resource, ...change }]), "resource");

describe("a valid policy document", () => {
  it("has one statement, or a list of them", async () => {
    expect(await policyProblem(document(identity), "identity")).toBeUndefined();
    expect(await policyProblem(document([identity, { ...identity, Sid: "Second" }]), "identity")).toBeUndefined();
    expect(await policyProblem(document(trust), "trust")).toBeUndefined();
    expect(await policyProblem(document(resource, { Id: "Any id" }), "resource")).toBeUndefined();
  });

  it.each<JsonObject>([
    { Action: "*", Resource: "*" },
    { Action: ["ec2:StartInstances", "s3:Get*"], Resource: ["arn:aws:s3:::a/*", "arn:aws:logs:*:*:log-group:*"] },
    { Action: undefined, NotAction: "iam:*", Resource: undefined, NotResource: "arn:aws:iam::111122223333:role/x" },
    {
      Condition: { Bool: { "aws:SecureTransport": true }, "ForAllValues:StringLikeIfExists": { "aws:TagKeys": ["a"] } },
    },
    { Condition: { DateGreaterThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" } } },
  ])("of an identity may contain %j", async (change) => {
    expect(await ofIdentity(change)).toBeUndefined();
  });

  it.each<JsonObject>([
    { Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity", "sts:SetContext"] },
    { Action: "sts:AssumeRole*" },
    {
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/a.b" },
    },
    { Principal: { AWS: ["arn:aws:iam::111122223333:root", "111122223333", "arn:aws:iam::111122223333:role/a/b"] } },
    { Principal: { Service: ["lambda.amazonaws.com", "logs.eu-west-1.amazonaws.com", "vpc-flow-logs.amazonaws.com"] } },
  ])("of a role's trust may contain %j", async (change) => {
    expect(await ofTrust(change)).toBeUndefined();
  });

  it("of a resource may have a Sid with spaces and the older version", async () => {
    expect(await ofResource({ Sid: "Any text", Principal: "*" })).toBeUndefined();
    expect(await policyProblem(JSON.stringify({ Statement: resource }), "resource")).toBeUndefined();
  });
});

describe("the syntax of a policy document", () => {
  it.each([
    ["text that is not JSON", '{"Version": "2012-10-17",}'],
    ["a list", "[]"],
    ["no statement", document([])],
    ["a statement that is text", document(["Allow"])],
    ["an unknown element", document(identity, { Statements: [] })],
    ["an unknown version", document(identity, { Version: "2012-10-18" })],
    ["an Id in an identity policy", document(identity, { Id: "x" })],
    ["an unknown element of a statement", document({ ...identity, Resources: "*" })],
    ["no effect", document({ ...identity, Effect: undefined })],
    ["another effect", document({ ...identity, Effect: "Permit" })],
    ["both Action and NotAction", document({ ...identity, NotAction: "s3:*" })],
    ["both Resource and NotResource", document({ ...identity, NotResource: "*" })],
    ["an action that is a number", document({ ...identity, Action: 1 })],
    ["an unknown condition operator", document({ ...identity, Condition: { StringEqual: { a: "b" } } })],
    ["a condition without operator", document({ ...identity, Condition: { "aws:RequestedRegion": "eu-west-1" } })],
    ["a condition that is a list", document({ ...identity, Condition: [] })],
    [
      "the same operator twice",
      `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"a":"b"},"StringEquals":{"c":"d"}}}}`,
    ],
  ])("excludes %s", async (_, text) => {
    expect(await policyProblem(text, "identity")).toBe("Syntax errors in policy.");
  });

  it("allows the same key in different objects", async () => {
    const condition = { StringEquals: { "aws:a": '"{,:' }, StringLike: { "aws:a": "b" } };
    expect(await ofIdentity({ Condition: condition })).toBeUndefined();
  });

  it("requires the current version of an identity policy", async () => {
    expect(await policyProblem(JSON.stringify({ Statement: identity }), "identity")).toBe(
      "Policy document must be version 2012-10-17 or greater.",
    );
  });

  it("takes a trust policy of the first version", async () => {
    const Principal = { Service: ["ecs-tasks.amazonaws.com", "events.rds.amazonaws.com"] };
    const Statement = { Effect: "Allow", Principal, Action: "sts:AssumeRole" };
    expect(await policyProblem(JSON.stringify({ Version: "2008-10-17", Statement }), "trust")).toBeUndefined();
    expect(await policyProblem(JSON.stringify({ Statement }), "trust")).toBeUndefined();
  });

  it.each<JsonObject>([
    { Effect: "allow" },
    { Condition: { DateLessThan: { "aws:CurrentTime": "tomorrow" } } },
    { Resource: "arn:aws:s3::bucket" },
  ])("fails legacy parsing with %j", async (change) => {
    expect(await ofIdentity(change)).toBe("The policy failed legacy parsing");
  });
});

describe("the statements of an identity policy", () => {
  it("have unique ids", async () => {
    const statement = { ...identity, Sid: "Same" };
    expect(await policyProblem(document([statement, statement]), "identity")).toBe(
      "Statement IDs (SID) in a single policy must be unique.",
    );
  });

  it.each<[string, JsonObject, string]>([
    ["ids of letters and digits", { Sid: "No hyphen-ated" }, "Statement IDs (SID) must be alpha-numeric."],
    ["actions", { Action: undefined }, "Policy statement must contain actions."],
    ["actions in their list", { Action: [] }, "Policy statement must contain actions."],
    ["a service before the action", { Action: "ListBucket" }, "Actions/Conditions must be prefaced by a vendor"],
    ["one colon in an action", { Action: "s3:List:Bucket" }, "Actions/Condition can contain only one colon."],
    ["no wildcard in the service", { Action: "s*:ListBucket" }, "Vendor s* is not valid"],
    ["resources", { Resource: undefined }, "Policy statement must contain resources."],
    ["resources in their list", { Resource: [] }, "Policy statement must contain resources."],
    ["resources in ARN format", { Resource: "bucket" }, 'Resource bucket must be in ARN format or "*".'],
    [
      "a partition that exists",
      { Resource: "arn:awz:s3:::a" },
      'Partition "awz" is not valid for resource "arn:awz:s3:::a".',
    ],
    [
      "a service in resources",
      { Resource: "arn:aws" },
      "Resource vendor must be fully qualified and cannot contain regexes.",
    ],
    [
      "no region in ARNs of IAM",
      { Resource: "arn:aws:iam:eu-west-1:111122223333:role/x" },
      "IAM resource arn:aws:iam:eu-west-1:111122223333:role/x cannot contain region information.",
    ],
    [
      "no region in ARNs of buckets",
      { Resource: "arn:aws:s3:eu-west-1:111122223333:bucket" },
      "Resource arn:aws:s3:eu-west-1:111122223333:bucket can not contain region information.",
    ],
    [
      "a kind in ARNs of IAM",
      { Resource: "arn:aws:iam::111122223333:roles/x" },
      'IAM resource path must either be "*" or start with user/',
    ],
    ["no principal", { Principal: { AWS: "*" } }, "Policy document should not specify a principal."],
  ])("have %s", async (_, change, message) => {
    expect(await ofIdentity(change)).toContain(message);
  });
});

describe("the statements of a trust policy", () => {
  it("have no resource", async () => {
    expect(await ofTrust({ Resource: "*" })).toBe("Has prohibited field Resource");
  });

  it.each<JsonObject>([
    { Action: "s3:GetObject" },
    { Action: "sts:GetCallerIdentity" },
    { Action: ["sts:AssumeRole", "*"] },
  ])("have actions of STS on roles only: %j", async (change) => {
    expect(await ofTrust(change)).toBe("AssumeRole policy may only specify STS AssumeRole actions.");
  });

  it("have a principal", async () => {
    expect(await ofTrust({ Principal: undefined })).toBe("Missing required field Principal");
    expect(await ofTrust({ Principal: { AWS: [] } })).toContain(
      "The passed in policy has a statement with no principals!",
    );
  });

  it.each<[JsonObject, string]>([
    [{ Service: "amazonaws.com" }, '"SERVICE":"amazonaws.com"'],
    [{ Service: "ecs-task.amazonaws.com" }, '"SERVICE":"ecs-task.amazonaws.com"'],
    [{ Service: "ecs-tasks" }, '"SERVICE":"ecs-tasks"'],
    [{ AWS: "arn:aws:iam::111122223333:role/*" }, '"AWS":"arn:aws:iam::111122223333:role/*"'],
    [{ AWS: "1234" }, '"AWS":"1234"'],
    [{ Federated: "https://gitlab.com" }, '"Federated":"https://gitlab.com"'],
    [{ Account: "111122223333" }, '"Account":"111122223333"'],
  ])("have principals that exist: %j", async (principal, named) => {
    expect(await ofTrust({ Principal: principal })).toBe(`Invalid principal in policy: ${named}`);
  });
});

describe("the statements of a resource-based policy", () => {
  it("have a principal and a resource", async () => {
    expect(await ofResource({ Principal: undefined })).toBe("Missing required field Principal");
    expect(await ofResource({ Resource: undefined })).toBe("Missing required field Resource");
  });

  it("have principals that exist", async () => {
    expect(await ofResource({ Principal: { Service: "billingreports.amazonaws.com" } })).toBeUndefined();
    expect(await ofResource({ Principal: { Service: "logdelivery.elb.amazonaws.com" } })).toBeUndefined();
    expect(await ofResource({ Principal: { Service: "event.amazonaws.com" } })).toBe(
      'Invalid principal in policy: "SERVICE":"event.amazonaws.com"',
    );
  });
});
