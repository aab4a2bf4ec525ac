import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { accountStackName, stackName } from "../../schema";
import { StageStack } from "../../stacks/stage-stack";
import { fixtureAccounts, fixtureStages } from "../fixtures/config";
import { featureStages } from "../policy/feature-stages";
import { ProviderServer } from "./provider-server";
import { Sandbox } from "./sandbox";

/** A stack that has all that the installed provider supports. */
const initialized = "dev02-us-east-1";

describe("terraform validate with the real provider", () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await Sandbox.start("dev", "prod", "accounts");
    const straight = `{ ...stage, stage: "straight", state: { backend: "local" }, network: { ...stage.network, cidr: "10.99.0.0/16" }, services, ingress }`;
    sandbox.write(
      "config/dev/straight/us-east-1-straight.ts",
      `import stage from "../dev02/us-east-1-dev02";
const ingress = { ...stage.ingress, via: "alb" };
const withStrategy = (routes, strategy) => ({ ...stage.services.appname, routes, deployment: { strategy } });
const services = {
  a: withStrategy(["/a/*"], "blue-green"),
  b: withStrategy(["/b/*"], "canary"),
  c: withStrategy(["/c/*"], "linear"),
};
export default ${straight};
`,
    );
    await sandbox.cdktf(["synth"]);
  });
  afterAll(() => sandbox.stop());

  // A mirror without release 6 of the provider cannot know what came with it: then all but that is validated.
  const newer = ["advanced_configuration", "deployment_configuration"];

  it("accepts traffic shifting behind a REST API with an ALB, as far as the installed provider supports it", async () => {
    const stack = "straight-us-east-1";
    const file = join(sandbox.stackFolder(stack), "cdk.tf.json");
    const newest = await sandbox.tryTerraform(stack, ["init", "-backend=false", "-input=false"]);
    if (newest.exitCode !== 0) {
      expect(newest.output).toContain("6.25.0");
      const json = readFileSync(file, "utf8").replace('"version": "6.25.0"', '"version": "5.100.0"');
      writeFileSync(file, json);
      rmSync(join(sandbox.stackFolder(stack), ".terraform.lock.hcl"));
      await sandbox.terraform(stack, ["init", "-backend=false", "-input=false"]);
      const { output } = await sandbox.tryTerraform(stack, ["validate"]);
      const unknown = [...output.matchAll(/named\s+"(\w+)"/g)].map(([, name]) => name);
      expect(new Set(unknown)).toEqual(new Set(newer));
      const known: unknown = JSON.parse(json, (key, value: unknown) => (newer.includes(key) ? undefined : value));
      writeFileSync(file, JSON.stringify(known));
    }
    await sandbox.terraform(stack, ["validate"]);
  });

  describe("with one running provider, for which Terraform needs no `init` in a stack's folder", () => {
    const features = Object.entries(featureStages);
    const folderOf = (index: number) => join(sandbox.folder, "features", String(index));
    let provider: ProviderServer;

    beforeAll(async () => {
      const { folder } = sandbox;
      await sandbox.terraform(initialized, ["init", "-backend=false", "-input=false"]);
      provider = await ProviderServer.start(sandbox.stackFolder(initialized), sandbox.environment);
      for (const [index, [, stage]] of features.entries()) {
        mkdirSync(join(folder, "features"), { recursive: true });
        const app = new App({ outdir: folderOf(index) });
        new StageStack(app, stage);
        app.synth();
      }
    });
    afterAll(() => provider.stop());

    const validate = async (folder: string) => {
      const outcome = await sandbox.terraformIn(folder, ["validate"], provider.environment);
      expect({ ...outcome, output: outcome.exitCode === 0 ? "" : outcome.output }).toEqual({ exitCode: 0, output: "" });
    };

    it.each([...fixtureStages().map(stackName), ...fixtureAccounts().map(accountStackName)])(
      "accepts %s",
      async (stack) => {
        await validate(sandbox.stackFolder(stack));
      },
    );

    it.each(features.map(([name, stage], index) => ({ name, stage, index })))(
      "accepts $name",
      async ({ stage, index }) => {
        const folder = join(folderOf(index), "stacks", stackName(stage));
        const file = join(folder, "cdk.tf.json");
        const known: unknown = JSON.parse(readFileSync(file, "utf8"), (key, value: unknown) =>
          newer.includes(key) ? undefined : value,
        );
        writeFileSync(file, JSON.stringify(known));
        await validate(folder);
      },
    );
  });
});
