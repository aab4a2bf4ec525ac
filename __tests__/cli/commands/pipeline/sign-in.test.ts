import { STSClient } from "@aws-sdk/client-sts";
import { signIn } from "../../../../cli/commands/pipeline/stack/sign-in";
import { stageWith } from "../../../fixtures/stage";

const role = "arn:aws:iam::111122223333:role/pipeline/shop-plan-us-east-1";
const refusing = (fields: object) => ({
  sts: new STSClient({
    region: "us-east-1",
    credentials: () =>
      Promise.reject(Object.assign(new Error("Not authorized to perform sts:AssumeRoleWithWebIdentity"), fields)),
  }),
});

test("a role that trusts another ref is named, with what to do", async () => {
  await expect(signIn(refusing({ name: "AccessDenied", $fault: "client" }), stageWith(), role)).rejects.toThrow(
    `the role ${role} cannot be assumed, and nothing was done; let it trust this project and ref (npm run bootstrap), or name another ` +
      "[AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity]",
  );
});

test("the role of the stage file comes before that of the job", async () => {
  const stage = stageWith({ assumeRoleArn: "arn:aws:iam::111122223333:role/deployer" });
  await expect(signIn(refusing({ name: "AccessDenied", $fault: "client" }), stage, role)).rejects.toThrow(
    /^the role arn:aws:iam::111122223333:role\/deployer cannot be assumed/,
  );
});

test("missing credentials are told as such, whatever the role", async () => {
  await expect(signIn(refusing({ name: "CredentialsProviderError" }), stageWith(), role)).rejects.toThrow(
    /^there are no AWS credentials; log in again/,
  );
});
