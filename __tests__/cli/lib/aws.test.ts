import { STSClient } from "@aws-sdk/client-sts";
import { checkAccount } from "../../../cli/lib/aws";
import { stageWith } from "../../fixtures/stage";

const credentials = { accessKeyId: "test", secretAccessKey: "test" };

function callerOf(Account: string) {
  const sts = new STSClient({ region: "us-east-1", credentials });
  sts.middlewareStack.add(() => () => Promise.resolve({ output: { $metadata: {}, Account }, response: {} }));
  return { sts };
}

test("credentials of the stage's account are accepted", async () => {
  await expect(checkAccount(callerOf("111122223333"), stageWith())).resolves.toBeUndefined();
});

test("credentials of another account are refused", async () => {
  await expect(checkAccount(callerOf("444455556666"), stageWith())).rejects.toThrow(
    "the AWS credentials are of account 444455556666, and dev01-us-east-1 is in 111122223333",
  );
});

test("missing credentials are reported with the remedy", async () => {
  const none = () => Promise.reject(Object.assign(new Error("none found"), { name: "CredentialsProviderError" }));
  const sts = new STSClient({ region: "us-east-1", credentials: none });
  await expect(checkAccount({ sts }, stageWith())).rejects.toThrow(
    /^there are no AWS credentials; log in again .*AWS_ACCESS_KEY_ID/,
  );
});
