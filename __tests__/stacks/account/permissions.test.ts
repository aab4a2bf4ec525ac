import { App } from "cdktf";
import { serves } from "../../../schema";
import { actionTable } from "../../../stacks/account/actions";
import { deployCommands, planCommands } from "../../../stacks/account/actions/commands";
import { byPolicy } from "../../../stacks/account/pipeline-roles";
import { deploying, roleStatements, statementsFor } from "../../../stacks/account/statements";
import { typesOf } from "../../../stacks/account/types-of";
import { StageStack } from "../../../stacks/stage-stack";
import { fixtureAccounts, fixtureStages } from "../../fixtures/config";
import { stageWith } from "../../fixtures/stage";
import { accountWith, type Statement, SynthesizedAccount } from "./synthesized-account";

const of = (types: readonly string[], operations = deploying) =>
  types.flatMap((type) => operations.flatMap((operation) => actionTable[type]?.[operation] ?? []));
const actionsOf = (statements: readonly Statement[]) =>
  [...new Set(statements.flatMap(({ actions }) => actions))].sort();
const sorted = (...actions: readonly string[]) => [...new Set(actions)].sort();
const scope = { app: "shop", stage: "dev01", region: "us-east-1", accountId: "111122223333", partition: "aws" };

describe("the permissions of a deploy role", () => {
  const stack = new SynthesizedAccount(
    accountWith(),
    {},
    {
      region: "eu-west-1",
      network: { cidr: "10.1.0.0/16", zones: ["eu-west-1a", "eu-west-1b"], egress: { mode: "vpc-endpoints" } },
    },
  );
  const role = stack.permissions("dev01_us_east_1");
  const about = (action: string) => role.filter(({ actions }) => actions.includes(action));

  it("are exactly those that the resource types of its stage, the commands and the state need", () => {
    const types = typesOf(new StageStack(new App(), stageWith()));
    const state = ["s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"];
    const roles = ["iam:CreateServiceLinkedRole", "iam:PassRole"];
    const commands = Object.values(deployCommands)
      .flat()
      .flatMap(({ actions }) => actions);
    expect(actionsOf(role)).toEqual(sorted(...of(types), ...commands, ...state, ...roles));
  });

  it("reach no setting that the stages of the account share", () => {
    const resources = role.flatMap((statement) => statement.resources);
    expect(resources.filter((arn) => /::\/account$|:role\/pipeline\//.test(arn))).toEqual([]);
    expect(actionsOf(role).filter((action) => /^ce:|:DeleteResourcePolicy$/.test(action))).toEqual([]);
  });

  it("allow the stage of an HTTP API to have its logs delivered", () => {
    const ingress = { kind: "http-api", throttling: { ratePerSecond: 1, burst: 1 } } as const;
    const actions = actionsOf(new SynthesizedAccount(accountWith(), { ingress }).permissions("dev01_us_east_1"));
    expect(actions).toEqual(expect.arrayContaining(["logs:CreateLogDelivery", "logs:DeleteLogDelivery"]));
  });

  it("allow iam:PassRole only for roles of the stage and services that use them", () => {
    expect(about("iam:PassRole")).toMatchObject([
      {
        resources: ["arn:aws:iam::111122223333:role/shop-*-dev01-us-east-1"],
        condition: [
          {
            test: "StringEquals",
            variable: "iam:PassedToService",
            values: [
              "apigateway.amazonaws.com",
              "ecs-tasks.amazonaws.com",
              "ecs.amazonaws.com",
              "vpc-flow-logs.amazonaws.com",
            ],
          },
        ],
      },
    ]);
  });

  it("are limited to the stage's resources by name where AWS supports it", () => {
    expect(about("ecs:UpdateService").map(({ resources }) => resources)).toEqual([
      ["arn:aws:ecs:us-east-1:111122223333:service/shop-ecs-cluster-dev01/*-ecs-service-dev01"],
    ]);
    expect(about("ecr:DeleteRepository")[0]?.resources).toEqual([
      "arn:aws:ecr:us-east-1:111122223333:repository/*-dev01-image",
    ]);
    expect(about("iam:PutRolePolicy")[0]?.resources).toEqual(["arn:aws:iam::111122223333:role/shop-*-dev01-us-east-1"]);
  });

  it("are limited to the region where no resource can be named", () => {
    const unnamed = role.filter(({ resources }) => resources.includes("*"));
    expect(unnamed.length).toBeGreaterThan(3);
    for (const { resources, actions, condition } of unnamed) {
      expect(resources).toEqual(["*"]);
      if (actions.every((action) => action.startsWith("route53:"))) continue;
      expect(condition).toEqual([{ test: "StringEquals", variable: "aws:RequestedRegion", values: ["us-east-1"] }]);
    }
  });

  it("are not limited to alarms by name once the stage has a composite alarm", () => {
    const resourcesOf = (action: string, ...types: string[]) =>
      statementsFor(types, scope, ["us-east-1"], deploying)
        .filter(({ actions }) => actions.includes(action))
        .map(({ resources }) => resources);
    const [metric, composite] = ["aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"];
    const named = [["arn:aws:cloudwatch:us-east-1:111122223333:alarm:shop-*-*-dev01"]];
    expect(resourcesOf("cloudwatch:DescribeAlarms", metric)).toEqual(named);
    expect(resourcesOf("cloudwatch:DescribeAlarms", metric, composite)).toEqual([["*"]]);
    expect(resourcesOf("cloudwatch:PutCompositeAlarm", composite)).toEqual([["*"]]);
    expect(resourcesOf("cloudwatch:DeleteAlarms", metric, composite)).toEqual(named);
  });

  it("allow writing one state and deleting only its lock file", () => {
    const object = "arn:aws:s3:::shop-state/shop/dev01/us-east-1/terraform.tfstate";
    expect(about("s3:PutObject").flatMap(({ resources }) => resources)).toEqual([object, `${object}.tflock`]);
    expect(about("s3:DeleteObject").flatMap(({ resources }) => resources)).toEqual([`${object}.tflock`]);
  });

  it("contain no wildcard in an action", () => {
    expect(actionsOf(role).filter((action) => action.includes("*"))).toEqual([]);
  });

  it("are refused with what to write when a type has no entry", () => {
    expect(() => statementsFor(["aws_lambda_function"], scope, ["us-east-1"], deploying)).toThrow(
      /aws_lambda_function has no entry in stacks\/account\/actions; add the IAM actions/,
    );
  });
});

describe("the permissions of the plan role", () => {
  const stack = new SynthesizedAccount(accountWith(), {});

  it("are exactly those that a plan and the read-only commands need", () => {
    const types = typesOf(new StageStack(new App(), stageWith()));
    expect(actionsOf(stack.permissions("plan"))).toEqual(
      sorted(
        ...of(types, ["read"]),
        ...Object.values(planCommands)
          .flat()
          .flatMap(({ actions }) => actions),
        "s3:GetObject",
        "s3:ListBucket",
      ),
    );
  });

  it("read every stage's state, and no other object", () => {
    const reads = stack.permissions("plan").filter(({ actions }) => actions.includes("s3:GetObject"));
    expect(reads.map(({ resources }) => resources)).toEqual([["arn:aws:s3:::shop-state/shop/*/*/terraform.tfstate"]]);
  });
});

describe("the policies of every role", () => {
  const statementsOf = (types: readonly string[]) => [
    ...statementsFor(
      types,
      { ...scope, app: "a".repeat(24), stage: "s".repeat(12), region: "ap-southeast-1" },
      ["ap-southeast-1"],
      deploying,
      Object.values(deployCommands).flat(),
    ),
    ...roleStatements(types, scope, Object.values(deployCommands).flat()),
  ];

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  it("stay within IAM's 6144 characters each and 10 for a role, even for a stage with every resource type", () => {
    const parts = byPolicy(statementsOf(Object.keys(actionTable)));
    expect(parts.length).toBeLessThanOrEqual(10);
    for (const [part, statements] of parts) {
      const text = JSON.stringify(
        statements.map(({ actions, resources, condition }) => ({
          Effect: "Allow",
          Action: actions,
          Resource: resources,
          Condition: condition,
        })),
      );
      expect({ part, fits: text.length < 6000 }).toEqual({ part, fits: true });
    }
  });

  it("belong to exactly one account for each stage of the fixtures", () => {
    const [stages, accounts] = [fixtureStages(), fixtureAccounts()];
    const serving = stages.map((stage) => accounts.filter((account) => serves(account, stage)).length);
    expect(serving).toEqual(stages.map(() => 1));
  });
});
