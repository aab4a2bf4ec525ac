import { App, Testing } from "cdktf";
import { pipelineStacks } from "../../../../../cli/commands/pipeline/generate/stacks";
import { accountSchema, type AccountInput } from "../../../../../schema/account";
import { AccountStack } from "../../../../../stacks/account-stack";
import { minimalService, stageWith } from "../../../../fixtures/stage";
import { workloadBoundaryArn } from "../../../../stacks/account/synthesized-account";

const account = (fields: Partial<AccountInput> = {}) =>
  accountSchema.parse({
    app: "shop",
    alias: "shop",
    region: "us-east-1",
    accountId: "111122223333",
    owner: "team",
    stateBucket: "shop-state",
    gitlab: { project: "group/shop" },
    ...fields,
  });

const only = (...args: Parameters<typeof pipelineStacks>) => pipelineStacks(...args)[0];

describe("the pipeline's stack of a stage", () => {
  it("has the roles that the account stack creates", () => {
    const stage = stageWith({ permissionsBoundaryArn: workloadBoundaryArn });
    const config = account();
    const synthesized = Testing.synth(new AccountStack(new App(), config, [{ stage, types: ["aws_sqs_queue"] }]));
    const { plan, deploy } = only([stage], [config])?.roles ?? {};
    for (const arn of [plan, deploy]) {
      const [, path, name] = /^arn:aws:iam::111122223333:role(\/.*\/)([^/]+)$/.exec(arn ?? "") ?? [];
      expect(synthesized).toContain(`"name": "${name ?? ""}",\n        "path": "${path ?? ""}"`);
    }
    expect(plan).not.toBe(deploy);
  });

  it("has no roles, and the branch main, without an account stack for its account", () => {
    const elsewhere = account({ accountId: "999999999999" });
    expect(only([stageWith()], [elsewhere])).toMatchObject({
      roles: undefined,
      deploysFrom: { branches: ["main"], tags: [] },
    });
  });

  it("has the refs that deploy its environment", () => {
    const config = account({ deploysFrom: { dev: { branches: ["trunk"] } } });
    expect(only([stageWith()], [config])?.deploysFrom).toEqual({ branches: ["trunk"], tags: [] });
  });

  it("needs manual approval in production", () => {
    expect(only([stageWith()], [])?.manualApproval).toBe(false);
    expect(only([stageWith({ production: true })], [])?.manualApproval).toBe(true);
  });

  it("is short-lived when its images may be deleted with it, and never in production", () => {
    const images = { forceDelete: true };
    expect(only([stageWith()], [])?.isShortLived).toBe(false);
    expect(only([stageWith({ images, allowDataLoss: true })], [])?.isShortLived).toBe(true);
    expect(only([stageWith({ images, allowDataLoss: true, production: true })], [])?.isShortLived).toBe(false);
  });

  it("builds images and migrates when a service needs it", () => {
    const migrating = { ...minimalService, tasks: { migrate: { command: ["migrate"] } } };
    const needs = { buildsImages: true, migrates: true };
    expect(only([stageWith({ services: { orders: migrating } })], [])).toMatchObject(needs);
    const image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders:1";
    expect(only([stageWith({ services: { orders: { ...minimalService, image } } })], [])).toMatchObject({
      buildsImages: false,
      migrates: false,
    });
  });
});
