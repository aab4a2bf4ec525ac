import { STSClient } from "@aws-sdk/client-sts";
import { requireVariables, signIn } from "../../../../cli/commands/pipeline/session";
import { stageWith } from "../../../fixtures/stage";

const role = "arn:aws:iam::111122223333:role/pipeline/shop-plan-us-east-1";
const refusing = (fields: object) => ({
  sts: new STSClient({
    region: "us-east-1",
    credentials: () =>
      Promise.reject(Object.assign(new Error("Not authorized to perform sts:AssumeRoleWithWebIdentity"), fields)),
  }),
});

test("a role that cannot be assumed is named with the remedy", async () => {
  await expect(signIn(refusing({ name: "AccessDenied", $fault: "client" }), stageWith(), role)).rejects.toThrow(
    `the role ${role} cannot be assumed, and nothing was done; let it trust this project and ref (npm run bootstrap), or name another ` +
      "[AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity]",
  );
});

test("the role of the stage file takes precedence over that of the job", async () => {
  const stage = stageWith({ assumeRoleArn: "arn:aws:iam::111122223333:role/deployer" });
  await expect(signIn(refusing({ name: "AccessDenied", $fault: "client" }), stage, role)).rejects.toThrow(
    /^the role arn:aws:iam::111122223333:role\/deployer cannot be assumed/,
  );
});

test("missing credentials are reported with any role", async () => {
  await expect(signIn(refusing({ name: "CredentialsProviderError" }), stageWith(), role)).rejects.toThrow(
    /^there are no AWS credentials; log in again/,
  );
});

const required =
  (environment: Readonly<Record<string, string>>, gitlab = false) =>
  () => {
    const state = { backend: "gitlab", projectId: 42, url: "https://gitlab.example.com" } as const;
    requireVariables(stageWith(gitlab ? { state } : {}), environment);
  };

test("a state in GitLab needs a user and a token", () => {
  expect(required({}, true)).toThrow(
    /^the variable TF_HTTP_USERNAME is not set; the state of dev01-us-east-1 is in GitLab.*\nthe variable TF_HTTP_PASSWORD is not set/,
  );
  expect(required({ TF_HTTP_USERNAME: "gitlab-ci-token", TF_HTTP_PASSWORD: "token" }, true)).not.toThrow();
});

test("a role needs the file of its token, and a token needs its role", () => {
  expect(required({ AWS_ROLE_ARN: role })).toThrow(
    /^the variable AWS_WEB_IDENTITY_TOKEN_FILE is not set; name the file/,
  );
  expect(required({ AWS_WEB_IDENTITY_TOKEN_FILE: __filename })).toThrow(/^the variable AWS_ROLE_ARN is not set/);
  expect(required({ AWS_ROLE_ARN: role, AWS_WEB_IDENTITY_TOKEN_FILE: __filename })).not.toThrow();
});

test("the file of a token must exist", () => {
  expect(required({ AWS_ROLE_ARN: role, AWS_WEB_IDENTITY_TOKEN_FILE: "/nowhere/token" })).toThrow(
    "AWS_WEB_IDENTITY_TOKEN_FILE names /nowhere/token, which does not exist; write the ID token of the job into it",
  );
});
