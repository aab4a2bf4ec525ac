import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lockFileOf } from "../../stacks/lock-file";
import { expectNoChanges } from "./plan";
import { Sandbox } from "./sandbox";
import { describeWithTofu } from "./with-tofu";

const stack = "dev02-eu-west-1";

describeWithTofu(`OpenTofu, on ${stack}`, () => {
  const chosen = process.env.TERRAFORM_BINARY_NAME;
  let sandbox: Sandbox;

  beforeAll(async () => {
    process.env.TERRAFORM_BINARY_NAME = "tofu";
    sandbox = await Sandbox.start("dev");
  });
  afterAll(async () => {
    if (chosen === undefined) delete process.env.TERRAFORM_BINARY_NAME;
    else process.env.TERRAFORM_BINARY_NAME = chosen;
    await sandbox.stop();
  });

  const lockFile = () => readFileSync(join(sandbox.stackFolder(stack), ".terraform.lock.hcl"), "utf8");
  const kept = readFileSync(lockFileOf("5.100.0", "tofu"), "utf8");

  it("is deployed by cdktf, with the provider of the lock file, which stays as it is", async () => {
    const output = await sandbox.cdktf(["deploy", stack, "--auto-approve"]);
    expect(output).toContain("OpenTofu has been successfully initialized");
    expect(output).toContain("api_url");
    expect(lockFile()).toBe(kept);
  });

  it("accepts the lock file as read-only", async () => {
    await sandbox.terraform(stack, ["init", "-input=false", "-lockfile=readonly"]);
    expect(lockFile()).toBe(kept);
  });

  it("plans nothing more", async () => {
    await expectNoChanges(sandbox, stack);
  });

  it("destroys the stack without leftovers", async () => {
    await sandbox.cdktf(["destroy", stack, "--auto-approve"]);
    expect(await sandbox.leftovers()).toEqual([]);
    expect(sandbox.emulator.unanswered).toEqual([]);
  });
});
