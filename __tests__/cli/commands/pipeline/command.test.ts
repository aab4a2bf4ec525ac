import { existsSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../../../cli/lib/project";
import { run, type Environment } from "../../../../cli/lib/run";
import { fixtureConfig } from "../../../fixtures/config";

const pipelineIn = (env: Environment, ...args: readonly string[]) =>
  run(process.execPath, ["cli/run.mjs", "cli/commands/pipeline.ts", ...args, "--config", fixtureConfig], {
    cwd: projectFolder,
    env: { AWS_ROLE_ARN: undefined, AWS_WEB_IDENTITY_TOKEN_FILE: undefined, CI_COMMIT_SHA: "c0ffee", ...env },
  });
const pipeline = (...args: readonly string[]) => pipelineIn({}, ...args);

describe("bad input results in one message and exit code 1:", () => {
  it.each(["plan", "apply", "migrate", "release", "drift", "destroy"])(
    "%s of an unknown stack, for which nothing is written",
    async (command) => {
      const { exitCode, tail } = await pipeline(command, "dev2-us-east-1");
      expect(exitCode).toBe(1);
      expect(tail).toEqual([
        expect.stringMatching(/^there is no stack "dev2-us-east-1"; choose one of .*; did you mean dev02-us-east-1\?$/),
      ]);
      expect(existsSync(join(projectFolder, "pipeline", "dev2-us-east-1"))).toBe(false);
    },
    30_000,
  );

  it("an allowance for all stacks that does not name its stack", async () => {
    const { exitCode, tail } = await pipelineIn({ ALLOW_LOSS_OF: "aws_kms_key.a" }, "plan", "dev02-us-east-1");
    expect(exitCode).toBe(1);
    expect(tail).toEqual([
      "ALLOW_LOSS_OF applies to the plans of all stacks, and aws_kms_key.a names none; write <stack>:<address>",
    ]);
  }, 30_000);

  it("an unknown stack, after an allowance of one plan without a stack", async () => {
    const { tail } = await pipeline("plan", "dev2-us-east-1", "--allow", "aws_kms_key.a");
    expect(tail).toEqual([expect.stringMatching(/^there is no stack "dev2-us-east-1"/)]);
  }, 30_000);

  it("apply without a plan", async () => {
    const { exitCode, tail } = await pipeline("apply", "dev02-eu-west-1");
    expect(exitCode).toBe(1);
    expect(tail).toEqual([
      expect.stringMatching(/^there is no plan .*; plan again: npm run pipeline -- plan dev02-eu-west-1$/),
    ]);
  }, 30_000);

  it("destroy of a stack that keeps its data", async () => {
    const { exitCode, tail } = await pipeline("destroy", "prod01-us-east-1");
    expect(exitCode).toBe(1);
    expect(tail).toEqual([
      expect.stringMatching(
        /^prod01-us-east-1 is not a short-lived stack, and nothing was destroyed: production is true; .* add --confirm prod01-us-east-1$/,
      ),
    ]);
  }, 30_000);

  it("destroy that confirms another stack", async () => {
    const { exitCode, tail } = await pipeline("destroy", "prod01-us-east-1", "--confirm", "prod01-eu-west-1");
    expect(exitCode).toBe(1);
    expect(tail).toEqual([
      "--confirm names prod01-eu-west-1, and the stack is prod01-us-east-1; nothing was destroyed",
    ]);
  }, 30_000);

  it("a role without its token", async () => {
    const env = { AWS_ROLE_ARN: "arn:aws:iam::111122223333:role/plan" };
    const { exitCode, tail } = await pipelineIn(env, "plan", "dev02-us-east-1");
    expect(exitCode).toBe(1);
    expect(tail).toEqual([expect.stringMatching(/^the variable AWS_WEB_IDENTITY_TOKEN_FILE is not set/)]);
  }, 30_000);
});
