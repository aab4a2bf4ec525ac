import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { APIGatewayClient, GetAccountCommand } from "@aws-sdk/client-api-gateway";
import { CloudWatchLogsClient, DescribeResourcePoliciesCommand } from "@aws-sdk/client-cloudwatch-logs";
import { IAMClient, ListOpenIDConnectProvidersCommand, ListRolesCommand } from "@aws-sdk/client-iam";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  ListObjectsV2Command,
  S3Client,
} from "@aws-sdk/client-s3";
import { z } from "zod";
import { startEmulator, type Emulator } from "emulated-aws";
import { motoServer } from "../../cli/lib/emulator";
import { projectFolder } from "../../cli/lib/project";
import { run } from "../../cli/lib/run";
import { terraformEnvironment } from "../../cli/lib/terraform-environment";
import { copyProject, fixtureConfig } from "../fixtures/config";
import { describeWithTofu } from "./with-tofu";

const name = "account-appname-dev-us-east-1";
const bucket = "appname-terraform-state-111122223333";
const key = "appname/account-appname-dev/us-east-1/terraform.tfstate";
const credentials = { accessKeyId: "test", secretAccessKey: "test" };
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
      credentials,
    });
  const state = async () => {
    const { Body } = await s3().send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return stateShape.parse(JSON.parse((await Body?.transformToString()) ?? ""));
  };

  it("creates the bucket and the roles, and moves its own state into the bucket", async () => {
    const { exitCode, output } = await account();
    expect({ exitCode, unanswered: emulator.unanswered, output }).toMatchObject({ exitCode: 0, unanswered: [] });
    expect(output).toContain("deploy_role_dev02_us_east_1");
    expect(output).toMatch(/service-linked roles that the account lacks.*ecs\.amazonaws\.com/);
    const types = (await state()).resources.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(["aws_s3_bucket", "aws_iam_openid_connect_provider", "aws_iam_role"]));
  });

  it("changes nothing the second time, not even the state", async () => {
    const before = await state();
    const { exitCode, output } = await account();
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    expect(output).toContain("No changes.");
    expect(output).toMatch(/service-linked roles that the account lacks.*none/);
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

describe("an account with a file for each of two regions", () => {
  const [home, second] = ["account-appname-dev-us-east-1", "account-appname-dev-eu-west-1"];
  const secondBucket = "appname-terraform-state-eu-111122223333";
  let emulator: Emulator;
  let folder: string;

  beforeAll(async () => {
    emulator = await startEmulator({ accountId: "111122223333", motoServer: await motoServer() });
    folder = mkdtempSync(join(tmpdir(), "accounts-"));
    copyProject(folder, ["package.json", "tsconfig.json", "network-paths", "schema"]);
    edit("accounts/appname-dev/us-east-1.ts", "  gitlab:", '  costAnomalies: { email: ["a@example.com"] },\n  gitlab:');
  });
  afterAll(async () => {
    await emulator.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const edit = (file: string, from: string, to: string) => {
    const path = join(folder, "config", file);
    const text = readFileSync(path, "utf8");
    if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
    writeFileSync(path, text.replace(from, to));
  };
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  const inProject = async (args: readonly string[], variables: Readonly<Record<string, string>> = {}) => {
    const env = { ...emulator.environment, ...variables, CI: "true" };
    const { exitCode, tail } = await run(process.execPath, args, { cwd: projectFolder, env });
    expect({ exitCode, output: tail.join("\n") }).toMatchObject({ exitCode: 0 });
    return tail.join("\n");
  };
  const bootstrap = (stack: string) =>
    inProject(["cli/run.mjs", "cli/commands/bootstrap.ts", stack, "--config", join(folder, "config")]);
  const client = (region: string) => ({ endpoint: emulator.endpoint, region, credentials });

  /** What the account has once, and what it has in each of its two regions. */
  const settings = async () => {
    const { OpenIDConnectProviderList = [] } = await new IAMClient(client("us-east-1")).send(
      new ListOpenIDConnectProvidersCommand(),
    );
    const { Roles = [] } = await new IAMClient(client("us-east-1")).send(
      new ListRolesCommand({ PathPrefix: "/pipeline/" }),
    );
    const ofRegion = async (region: string) => {
      const { cloudwatchRoleArn } = await new APIGatewayClient(client(region)).send(new GetAccountCommand());
      const { resourcePolicies = [] } = await new CloudWatchLogsClient(client(region)).send(
        new DescribeResourcePoliciesCommand(),
      );
      return [cloudwatchRoleArn?.split("/").at(-1), ...resourcePolicies.map(({ policyName }) => policyName)];
    };
    return {
      issuers: OpenIDConnectProviderList.length,
      logRoles: Roles.flatMap(({ RoleName = "" }) => (RoleName.includes("api-logs") ? [RoleName] : [])).sort(),
      "us-east-1": await ofRegion("us-east-1"),
      "eu-west-1": await ofRegion("eu-west-1"),
    };
  };

  it("has the settings of both regions while one file serves both", async () => {
    await bootstrap(home);
    const set = ["appname-api-logs-us-east-1", "appname-log-delivery"];
    expect(await settings()).toEqual({
      issuers: 1,
      logRoles: ["appname-api-logs-us-east-1"],
      "us-east-1": set,
      "eu-west-1": set,
    });
  });

  it("hands a region over to a file of its own, and has what is global once", async () => {
    edit("accounts/appname-dev/us-east-1.ts", 'regions: ["us-east-1", "eu-west-1"],', "");
    edit(
      "dev/dev02/eu-west-1-dev02.ts",
      "  ...defaults,",
      '  ...defaults,\n  permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/pipeline/appname-workload-boundary-eu-west-1",',
    );
    write(
      "config/accounts/appname-dev/eu-west-1.ts",
      `import home from "./us-east-1";
const { costAnomalies, ...rest } = home;
export default { ...rest, home: false, region: "eu-west-1", stateBucket: "${secondBucket}" };
`,
    );
    expect(await bootstrap(home)).toContain("destroyed");
    await bootstrap(second);
    expect(await settings()).toEqual({
      issuers: 1,
      logRoles: ["appname-api-logs-eu-west-1", "appname-api-logs-us-east-1"],
      "us-east-1": ["appname-api-logs-us-east-1", "appname-log-delivery"],
      "eu-west-1": ["appname-api-logs-eu-west-1", "appname-log-delivery"],
    });
    for (const stack of [home, second]) expect(await bootstrap(stack)).toContain("No changes.");
  });

  it("keeps what is global, and the settings of the home, when the second stack is destroyed", async () => {
    const stackFolder = join(folder, "cdktf.out", "stacks", second);
    await run(process.execPath, [join(projectFolder, "cli/run.mjs"), "main.ts", "config"], {
      cwd: folder,
      env: { ...emulator.environment, STACKS: second },
    });
    await takeStateHome(stackFolder);
    const environment = { ...emulator.environment, ...(await terraformEnvironment()) };
    for (const args of [
      ["init", "-input=false"],
      ["destroy", "-auto-approve", "-input=false"],
    ]) {
      const program = environment.TERRAFORM_BINARY_NAME ?? "terraform";
      const { exitCode, tail } = await run(program, [`-chdir=${stackFolder}`, ...args, "-no-color"], {
        env: environment,
      });
      expect({ exitCode, output: tail.join("\n") }).toMatchObject({ exitCode: 0 });
    }
    expect(await settings()).toMatchObject({
      issuers: 1,
      logRoles: ["appname-api-logs-us-east-1"],
      "us-east-1": ["appname-api-logs-us-east-1", "appname-log-delivery"],
    });
    expect(await bootstrap(home)).toContain("No changes.");
  });

  /** The bucket of a stack that is destroyed must be empty, so its state becomes a file. */
  const takeStateHome = async (stackFolder: string) => {
    const s3 = new S3Client({ ...client("eu-west-1"), forcePathStyle: true });
    const Key = "appname/account-appname-dev/eu-west-1/terraform.tfstate";
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: secondBucket, Key }));
    writeFileSync(join(stackFolder, "terraform.tfstate"), (await Body?.transformToString()) ?? "");
    writeFileSync(
      join(stackFolder, "backend_override.tf.json"),
      JSON.stringify({ terraform: { backend: { local: {} } } }),
    );
    const { Versions = [], DeleteMarkers = [] } = await s3.send(
      new ListObjectVersionsCommand({ Bucket: secondBucket }),
    );
    for (const { Key, VersionId } of [...Versions, ...DeleteMarkers]) {
      await s3.send(new DeleteObjectCommand({ Bucket: secondBucket, Key, VersionId }));
    }
  };
});
