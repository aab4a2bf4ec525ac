import { checkStage } from "../../policy/check-stack";
import { rules } from "../../policy/rules";
import { stageWith } from "../fixtures/stage";

const root = (account: string) => ({ type: "AWS", identifiers: [`arn:aws:iam::${account}:root`] });
const service = (name: string) => ({ type: "Service", identifiers: [`${name}.amazonaws.com`] });
const broken = (statement: object) => {
  const provider = { aws: [{ allowed_account_ids: ["111122223333"] }] };
  const data = { aws_iam_policy_document: { it: { statement: [statement] } } };
  return checkStage(stageWith(), { provider, data }, rules).map(({ rule }) => rule);
};

describe("a policy of a key", () => {
  const all = { actions: ["kms:*"], resources: ["*"] };

  it("leaves what may be done with it to the stage's own account", () => {
    expect(broken({ ...all, principals: [root("111122223333")] })).toEqual([]);
  });

  it.each([
    ["another account", [root("444455556666")]],
    ["another account beside its own", [root("111122223333"), root("444455556666")]],
    ["a service beside its own account", [root("111122223333"), service("ecs-tasks")]],
  ])("does not leave it to %s", (_, principals) => {
    expect(broken({ ...all, principals })).toContain("policy-action");
  });

  it("lets CloudWatch Logs use it for the logs of the account", () => {
    const condition = [{ test: "ArnLike", variable: "kms:EncryptionContext:aws:logs:arn", values: ["arn:aws:logs:*"] }];
    const logs = { actions: ["kms:Decrypt"], resources: ["*"], principals: [service("logs.us-east-1")] };
    expect(broken({ ...logs, condition })).toEqual([]);
    expect(broken(logs)).toEqual(["policy-source"]);
  });
});

describe("a service that does not say for whom it acts", () => {
  it.each([
    ["events", "sns:Publish"],
    ["ec2", "sts:AssumeRole"],
    ["rds", "sts:AssumeRole"],
  ])("is trusted for that, as %s for %s", (name, action) => {
    expect(broken({ actions: [action], principals: [service(name)] })).toEqual([]);
  });

  it.each([
    ["events", "sqs:SendMessage"],
    ["rds", "s3:GetObject"],
    ["ecs-tasks", "sts:AssumeRole"],
  ])("is not trusted for more, as %s for %s", (name, action) => {
    expect(broken({ actions: [action], principals: [service(name)] })).toEqual(["policy-source"]);
  });
});
