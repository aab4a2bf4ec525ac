import { expectNoChanges } from "./plan";
import { Sandbox } from "./sandbox";

describe.each([
  ["dev", "dev02-us-east-1"],
  ["prod", "prod01-eu-west-1"],
])("the synthesized JSON of %s in plain Terraform", (environment, stack) => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await Sandbox.start(environment);
    await sandbox.cdktf(["synth"]);
  });
  afterAll(() => sandbox.stop());

  it(`plans to a file, applies the file, and plans nothing more for ${stack}`, async () => {
    await sandbox.terraform(stack, ["init", "-input=false"]);
    await sandbox.terraform(stack, ["plan", "-out=plan.tfplan", "-input=false"]);
    await sandbox.terraform(stack, ["apply", "-input=false", "plan.tfplan"]);
    await expectNoChanges(sandbox, stack);
  });

  it(`destroys ${stack} to the last resource`, async () => {
    await sandbox.terraform(stack, ["destroy", "-auto-approve"]);
    expect(await sandbox.leftovers()).toEqual([]);
  });
});
