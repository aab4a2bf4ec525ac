import { loadStages, stackName } from "../../config";
import { Sandbox } from "./sandbox";

describe("terraform validate with the real provider", () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await Sandbox.start("dev");
    await sandbox.cdktf(["synth"]);
  });
  afterAll(() => sandbox.stop());

  it.each(loadStages().map(stackName))("accepts %s", async (stack) => {
    await sandbox.terraform(stack, ["init", "-backend=false", "-input=false"]);
    await sandbox.terraform(stack, ["validate", "-no-color"]);
  });
});
