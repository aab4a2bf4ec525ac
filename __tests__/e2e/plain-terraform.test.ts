import { expectNoChanges } from "./plan";
import { Sandbox } from "./sandbox";

const stack = "dev03-us-east-1";

describe(`the synthesized JSON of ${stack} in plain Terraform`, () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await Sandbox.start("dev");
    await sandbox.cdktf(["synth"]);
  });
  afterAll(() => sandbox.stop());

  it("plans to a file, applies the file, and plans nothing more", async () => {
    await sandbox.terraform(stack, ["init", "-input=false"]);
    await sandbox.terraform(stack, ["plan", "-out=plan.tfplan", "-input=false"]);
    await sandbox.terraform(stack, ["apply", "-input=false", "plan.tfplan"]);
    await expectNoChanges(sandbox, stack);
  });

  it("is destroyed without leftovers", async () => {
    await sandbox.terraform(stack, ["destroy", "-auto-approve"]);
    expect(await sandbox.leftovers()).toEqual([]);
  });
});
