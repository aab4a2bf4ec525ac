import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stackName } from "../../schema";
import { fixtureStages } from "../fixtures/config";
import { Sandbox } from "./sandbox";

describe("terraform validate with the real provider", () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await Sandbox.start("dev", "prod");
    const straight = `{ ...stage, stage: "straight", state: { backend: "local" }, network: { ...stage.network, cidr: "10.99.0.0/16" }, services, ingress }`;
    sandbox.write(
      "config/dev/straight/us-east-1-straight.ts",
      `import stage from "../dev02/us-east-1-dev02";
const ingress = { ...stage.ingress, via: "alb", accountLogRole: "existing" };
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
  const newer = ["integration_target", "advanced_configuration", "deployment_configuration"];

  it("accepts a REST API with an ALB and traffic shifting, as far as the installed provider supports them", async () => {
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

  it.each(fixtureStages().map(stackName))("accepts %s", async (stack) => {
    await sandbox.terraform(stack, ["init", "-backend=false", "-input=false"]);
    await sandbox.terraform(stack, ["validate", "-no-color"]);
  });
});
