import { requireVariables } from "../../../../cli/commands/pipeline/stack/variables";
import { currentCommit } from "../../../../cli/commands/pipeline/stack/commit";
import { stageWith } from "../../../fixtures/stage";

const role = "arn:aws:iam::111122223333:role/pipeline/shop-plan-us-east-1";
const required =
  (environment: Readonly<Record<string, string>>, gitlab = false) =>
  () => {
    const state = { backend: "gitlab", projectId: 42, url: "https://gitlab.example.com" } as const;
    requireVariables(stageWith(gitlab ? { state } : {}), environment);
  };

test("a state in GitLab needs a name and a token, both of which are named", () => {
  expect(required({}, true)).toThrow(
    /^the variable TF_HTTP_USERNAME is not set; the state of dev01-us-east-1 is in GitLab.*\nthe variable TF_HTTP_PASSWORD is not set/,
  );
  expect(required({ TF_HTTP_USERNAME: "gitlab-ci-token", TF_HTTP_PASSWORD: "token" }, true)).not.toThrow();
});

test("a role needs the file of its token, and a token its role", () => {
  expect(required({ AWS_ROLE_ARN: role })).toThrow(
    /^the variable AWS_WEB_IDENTITY_TOKEN_FILE is not set; name the file/,
  );
  expect(required({ AWS_WEB_IDENTITY_TOKEN_FILE: __filename })).toThrow(/^the variable AWS_ROLE_ARN is not set/);
  expect(required({ AWS_ROLE_ARN: role, AWS_WEB_IDENTITY_TOKEN_FILE: __filename })).not.toThrow();
});

test("the file of a token must be there", () => {
  expect(required({ AWS_ROLE_ARN: role, AWS_WEB_IDENTITY_TOKEN_FILE: "/nowhere/token" })).toThrow(
    "AWS_WEB_IDENTITY_TOKEN_FILE names /nowhere/token, which is no file; write the job's id token into it",
  );
});

test("GitLab's commit comes before that of the checkout", async () => {
  expect(await currentCommit({ CI_COMMIT_SHA: "c0ffee" })).toBe("c0ffee");
  expect(await currentCommit({})).toMatch(/^[0-9a-f]{40}$/);
});
