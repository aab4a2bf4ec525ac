import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadStages, stackName } from "../../config";
import { Sandbox } from "./sandbox";

describe("terraform validate with the real provider", () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await Sandbox.start("dev");
    const straight = `{ ...stage, stage: "straight", state: { backend: "local" }, network: { ...stage.network, cidr: "10.99.0.0/16" }, ingress }`;
    sandbox.write(
      "config/dev/straight/us-east-1-straight.ts",
      `import stage from "../dev02/us-east-1-dev02";
const ingress = { ...stage.ingress, via: "alb", accountLogRole: "existing" };
export default ${straight};
`,
    );
    await sandbox.cdktf(["synth"]);
  });
  afterAll(() => sandbox.stop());

  // A mirror without release 6 of the provider cannot know `integration_target`: then all but this argument is validated.
  it("accepts a REST API straight to an ALB, as far as the provider at hand knows it", async () => {
    const stack = "straight-us-east-1";
    const file = join(sandbox.stackFolder(stack), "cdk.tf.json");
    const newest = await sandbox.tryTerraform(stack, ["init", "-backend=false", "-input=false"]);
    if (newest.exitCode !== 0) {
      expect(newest.output).toContain(">= 6.25.0, < 7.0.0");
      const json = readFileSync(file, "utf8").replace(">= 6.25.0", ">= 5.100.0");
      writeFileSync(file, json);
      await sandbox.terraform(stack, ["init", "-backend=false", "-input=false"]);
      const { output } = await sandbox.tryTerraform(stack, ["validate"]);
      expect(new Set(output.match(/named\s+"\w+"/g))).toEqual(new Set(['named "integration_target"']));
      writeFileSync(file, json.replaceAll(/"integration_target": "[^"]+",/g, ""));
    }
    await sandbox.terraform(stack, ["validate"]);
  });

  it.each(loadStages().map(stackName))("accepts %s", async (stack) => {
    await sandbox.terraform(stack, ["init", "-backend=false", "-input=false"]);
    await sandbox.terraform(stack, ["validate", "-no-color"]);
  });
});
