import { policyFields, policyOpenings, unknownPolicies } from "../../../../../cli/commands/guard/access/policies";
import { wideningOf } from "../../../../../cli/commands/guard/access/policy-document";
import { created, deleted, planWith, updated, type Change } from "../plan-of";

type Statement = Readonly<Record<string, unknown>>;

const policy = (...Statement: readonly Statement[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const allow = (Action: string | readonly string[], Resource: string | readonly string[], more: Statement = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});
const read = allow("s3:GetObject", "arn:aws:s3:::shop/*");
const openings = (changes: Readonly<Record<string, Change>>) =>
  policyOpenings(planWith(changes)).map(({ what }) => what);

describe("a policy that allows more", () => {
  it.each<[string, Statement, Statement]>([
    ["another action", read, allow(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::shop/*")],
    ["another resource", read, allow("s3:GetObject", ["arn:aws:s3:::shop/*", "arn:aws:s3:::other/*"])],
    ["a wildcard in its action", read, allow("s3:*", "arn:aws:s3:::shop/*")],
    ["a wildcard in its resource", read, allow("s3:GetObject", "*")],
    ["another principal", { ...read, Principal: { AWS: "111122223333" } }, { ...read, Principal: { AWS: "*" } }],
    ["fewer conditions", { ...read, Condition: { Bool: { "aws:SecureTransport": "true" } } }, read],
    ["all but some actions", read, { Effect: "Allow", NotAction: "iam:*", Resource: "*" }],
  ])("has %s", (_, before, after) => {
    expect(wideningOf(policy(before), policy(after))).toBeDefined();
  });

  it("no longer denies", () => {
    const deny = { Effect: "Deny", Action: "s3:*", Resource: "*", Principal: "*" };
    expect(wideningOf(policy(read, deny), policy(read))).toMatchObject({ denialsRemoved: 1, added: [] });
  });
});

describe("a policy that allows no more", () => {
  it.each<[string, Statement, Statement]>([
    ["has fewer actions", allow(["s3:GetObject", "s3:PutObject"], "*"), allow("s3:GetObject", "*")],
    ["names a part of what a wildcard matched", allow("s3:*", "*"), allow("s3:GetObject", "arn:aws:s3:::shop/*")],
    ["writes an action in other letters", allow("S3:getobject", "*"), allow("s3:GetObject", "*")],
    ["has another Sid", { ...read, Sid: "One" }, { ...read, Sid: "Two" }],
    ["has more conditions", read, { ...read, Condition: { Bool: { "aws:SecureTransport": "true" } } }],
    ["names one of all principals", { ...read, Principal: "*" }, { ...read, Principal: { AWS: "111122223333" } }],
  ])("%s", (_, before, after) => {
    expect(wideningOf(policy(before), policy(after))).toBeUndefined();
  });

  it("has its statements in another order, or in parts", () => {
    const [one, two] = [allow("s3:GetObject", "*"), allow("sqs:SendMessage", "*")];
    expect(wideningOf(policy(one, two), policy(two, one))).toBeUndefined();
    expect(wideningOf(policy(allow(["s3:GetObject", "sqs:SendMessage"], "*")), policy(one, two))).toBeUndefined();
  });
});

describe("each policy", () => {
  it.each(policyFields.map(({ type, field, owner }) => [`${type} ${field}`, { type, field, owner }] as const))(
    "is compared: %s",
    (_, { type, field, owner }) => {
      const own = owner === undefined ? {} : { [owner.by]: "x" };
      const change = updated({ ...own, [field]: policy() }, { ...own, [field]: policy(read) });
      expect(openings({ [`${type}.one`]: change })).toEqual(["the policy allows s3:GetObject on arn:aws:s3:::shop/*"]);
    },
  );

  it("names the principals that may do more", () => {
    const change = (Principal: unknown) =>
      updated({ bucket: "x", policy: policy() }, { bucket: "x", policy: policy({ ...read, Principal }) });
    expect(openings({ "aws_s3_bucket_policy.one": change("*") })).toEqual([
      "the policy allows s3:GetObject on arn:aws:s3:::shop/* to every principal",
    ]);
    expect(openings({ "aws_s3_bucket_policy.one": change({ AWS: "111122223333" }) })).toEqual([
      "the policy allows s3:GetObject on arn:aws:s3:::shop/* to 111122223333",
    ]);
  });

  it("lists five permissions, and the number of the others", () => {
    const actions = ["a", "b", "c", "d", "e", "f", "g"].map((name) => `s3:${name}`);
    const change = updated({ policy: policy() }, { policy: policy(allow(actions, "*")) });
    expect(openings({ "aws_iam_policy.one": change })).toHaveLength(6);
    expect(openings({ "aws_iam_policy.one": change }).at(-1)).toBe("the policy allows 2 more permissions");
  });

  it("is compared with nothing when it is new for a role that exists", () => {
    const change = created({ role: "orders", policy: policy(read) });
    expect(openings({ "aws_iam_role_policy.one": change })).toHaveLength(1);
    expect(openings({ "aws_iam_role_policy.one": change, "aws_iam_role.one": created({ name: "orders" }) })).toEqual(
      [],
    );
  });

  it("no longer denies when it is deleted from a bucket that stays", () => {
    const deny = { Effect: "Deny", Action: "s3:*", Resource: "*", Principal: "*" };
    const change = deleted({ bucket: "shop", policy: policy(deny) });
    expect(openings({ "aws_s3_bucket_policy.one": change })).toEqual([
      "the policy no longer denies what 1 of its statements denied",
    ]);
    expect(openings({ "aws_s3_bucket_policy.one": change, "aws_s3_bucket.one": deleted({ bucket: "shop" }) })).toEqual(
      [],
    );
  });

  it("is listed as not compared while it is known after the apply only", () => {
    const change = updated({ role: "orders", policy: policy() }, { role: "orders" }, { policy: true });
    const plan = planWith({ "aws_iam_role_policy.one": change });
    expect(policyOpenings(plan)).toEqual([]);
    expect(unknownPolicies(plan)).toEqual(["aws_iam_role_policy.one"]);
  });
});
