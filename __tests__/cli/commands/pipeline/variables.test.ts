import { checkVariables, pipelineVariables } from "../../../../cli/commands/pipeline/variables";
import type { Environment } from "../../../../cli/lib/run";
import { accountSchema } from "../../../../schema/account";
import { stageWith } from "../../../fixtures/stage";

const stages = [stageWith()];
const accounts = [
  accountSchema.parse({
    app: "shop",
    alias: "shop",
    region: "us-east-1",
    accountId: "111122223333",
    owner: "team",
    stateBucket: "shop-state",
    gitlab: { project: "group/shop", url: "https://gitlab.example.com" },
  }),
];
const enough = { CONTAINER_BUILDER: "docker", AWS_TOKEN_AUDIENCE: "https://gitlab.example.com" };

function problem(environment: Environment, context: Partial<Parameters<typeof checkVariables>[0]> = {}) {
  try {
    checkVariables({ environment, stages, accounts, ...context });
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe("the variables of a pipeline", () => {
  it("are six at most", () => {
    expect(pipelineVariables.length).toBeLessThanOrEqual(6);
  });

  it("are complete when those without a fallback are set", () => {
    expect(problem(enough)).toBe("");
  });

  it("are listed all at once, with name, location and example, when they are not set", () => {
    expect(problem({})).toBe(
      [
        "The pipeline cannot start; set in GitLab, in Settings > CI/CD > Variables:",
        "  CONTAINER_BUILDER is not set. Program that builds and pushes images on your runners, such as docker",
        '  AWS_TOKEN_AUDIENCE is "", and the account files have https://gitlab.example.com. The audience of the ID tokens, as in the account files, such as https://gitlab.example.com',
      ].join("\n"),
    );
  });

  it("must include a role by a token or AWS_ASSUME_ROLE_ARN", () => {
    const classic = { CONTAINER_BUILDER: "docker", AWS_ASSUME_ROLE_ARN: "arn:aws:iam::111122223333:role/deploy" };
    expect(problem(classic, { accounts: [] })).toBe("");
    expect(problem(classic)).toBe("");
    expect(problem({ CONTAINER_BUILDER: "docker" }, { accounts: [] })).toContain(
      "AWS_ASSUME_ROLE_ARN is not set, and no account file describes the roles",
    );
    expect(problem({ ...enough, AWS_ASSUME_ROLE_ARN: "deploy" })).toContain(
      'is "deploy", which is not the ARN of a role',
    );
  });

  it("must include a user and a token only for state in GitLab", () => {
    const inGitlab = { stages: [stageWith({ state: { backend: "gitlab", projectId: 7 } })] };
    expect(problem(enough, inGitlab)).toMatch(/TF_HTTP_USERNAME is not set.*\n.*TF_HTTP_PASSWORD is not set/);
    expect(problem({ ...enough, TF_HTTP_USERNAME: "user", TF_HTTP_PASSWORD: "token" }, inGitlab)).toBe("");
  });
});
