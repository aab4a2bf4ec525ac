import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { z } from "zod";
import { startEmulator, type Emulator } from "emulated-aws";
import { motoServer } from "../../cli/lib/emulator";
import { projectFolder } from "../../cli/lib/project";
import { run } from "../../cli/lib/run";
import { fixtureConfig } from "../fixtures/config";
import { describeWithTofu } from "./with-tofu";

const name = "account-appname-dev-us-east-1";
const bucket = "appname-terraform-state-111122223333";
const key = "appname/account-appname-dev/us-east-1/terraform.tfstate";
const stateShape = z.object({
  serial: z.number(),
  resources: z.array(z.object({ type: z.string(), provider: z.string() })),
});

/** Tests with these variables; returns how to read the state that they leave. */
function testBootstrap(variables: Readonly<Record<string, string>>) {
  let emulator: Emulator;

  beforeAll(async () => {
    // Roles and policies take effect after some seconds, as in AWS.
    const options = { accountId: "111122223333", time: { roleDelaySeconds: 3 } };
    emulator = await startEmulator({ ...options, motoServer: await motoServer() });
  });
  afterAll(() => emulator.stop());

  const account = async () => {
    const env = { ...emulator.environment, ...variables, CI: "true" };
    const { exitCode, tail } = await run(
      process.execPath,
      ["cli/run.mjs", "cli/commands/bootstrap.ts", name, "--config", fixtureConfig],
      {
        cwd: projectFolder,
        env,
      },
    );
    return { exitCode, output: tail.join("\n") };
  };
  const s3 = () =>
    new S3Client({
      endpoint: emulator.endpoint,
      region: "us-east-1",
      forcePathStyle: true,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
  const state = async () => {
    const { Body } = await s3().send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return stateShape.parse(JSON.parse((await Body?.transformToString()) ?? ""));
  };

  it("creates the bucket and the roles, and moves its own state into the bucket", async () => {
    const { exitCode, output } = await account();
    expect({ exitCode, unanswered: emulator.unanswered, output }).toMatchObject({ exitCode: 0, unanswered: [] });
    expect(output).toContain("deploy_role_dev02_us_east_1");
    const types = (await state()).resources.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(["aws_s3_bucket", "aws_iam_openid_connect_provider", "aws_iam_role"]));
  });

  it("changes nothing the second time, not even the state", async () => {
    const before = await state();
    const { exitCode, output } = await account();
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    expect(output).toContain("No changes.");
    expect((await state()).serial).toBe(before.serial);
    const { Contents = [] } = await s3().send(new ListObjectsV2Command({ Bucket: bucket }));
    expect(Contents.map(({ Key }) => Key)).toEqual([key]);
  });

  return state;
}

describe("npm run bootstrap on an empty account", () => {
  testBootstrap({});
});

describeWithTofu("npm run bootstrap with OpenTofu", () => {
  const state = testBootstrap({ TERRAFORM_BINARY_NAME: "tofu" });

  it("uses the provider of OpenTofu's registry", async () => {
    const providers = new Set((await state()).resources.map(({ provider }) => provider));
    expect([...providers]).toEqual(['provider["registry.opentofu.org/hashicorp/aws"]']);
  });
});
