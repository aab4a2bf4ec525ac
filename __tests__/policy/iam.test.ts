import { checkStack } from "../../policy/check-stack";
import { rules } from "../../policy/rules";
import { stageWith } from "../fixtures/stage";

const root = (account: string) => ({ type: "AWS", identifiers: [`arn:aws:iam::${account}:root`] });
const service = (name: string) => ({ type: "Service", identifiers: [`${name}.amazonaws.com`] });
const violated = (statement: object) => {
  const provider = { aws: [{ allowed_account_ids: ["111122223333"] }] };
  const data = { aws_iam_policy_document: { it: { statement: [statement] } } };
  return checkStack(stageWith(), { provider, data }, rules).findings.map(({ rule }) => rule);
};

describe("a key policy", () => {
  const all = { actions: ["kms:*"], resources: ["*"] };

  it("may delegate every action to the stage's own account", () => {
    expect(violated({ ...all, principals: [root("111122223333")] })).toEqual([]);
  });

  it.each([
    ["another account", [root("444455556666")]],
    ["another account beside its own", [root("111122223333"), root("444455556666")]],
    ["a service beside its own account", [root("111122223333"), service("ecs-tasks")]],
  ])("may not delegate every action to %s", (_, principals) => {
    expect(violated({ ...all, principals })).toContain("policy-action");
  });

  it("may allow CloudWatch Logs for log groups of the account only", () => {
    const condition = [{ test: "ArnLike", variable: "kms:EncryptionContext:aws:logs:arn", values: ["arn:aws:logs:*"] }];
    const logs = { actions: ["kms:Decrypt"], resources: ["*"], principals: [service("logs.us-east-1")] };
    expect(violated({ ...logs, condition })).toEqual([]);
    expect(violated(logs)).toEqual(["policy-confused-deputy"]);
  });
});

describe("a service that sends no source condition keys", () => {
  it.each([
    ["events", "sns:Publish"],
    ["ec2", "sts:AssumeRole"],
    ["rds", "sts:AssumeRole"],
  ])("may be trusted without a condition: %s for %s", (name, action) => {
    expect(violated({ actions: [action], principals: [service(name)] })).toEqual([]);
  });

  it.each([
    ["events", "sqs:SendMessage"],
    ["rds", "s3:GetObject"],
    ["ecs-tasks", "sts:AssumeRole"],
  ])("may not be trusted without a condition for other actions: %s for %s", (name, action) => {
    expect(violated({ actions: [action], principals: [service(name)] })).toEqual(["policy-confused-deputy"]);
  });
});
