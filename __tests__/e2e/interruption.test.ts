import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expectNoChanges } from "./plan";
import { Sandbox } from "./sandbox";

const stack = "dev02-us-east-1";
const apply = ["apply", "-auto-approve", "-input=false"];

describe("an interrupted apply", () => {
  let sandbox: Sandbox;
  let first: ChildProcess;

  beforeAll(async () => {
    sandbox = await Sandbox.start("dev");
    await sandbox.synthesize();
    await sandbox.terraform(stack, ["init", "-input=false"]);
    first = spawn(sandbox.terraformProgram, [`-chdir=${sandbox.stackFolder(stack)}`, ...apply], {
      env: { ...process.env, ...sandbox.environment },
      stdio: ["ignore", "pipe", "ignore"],
    });
    // Not earlier: a resource whose creation is interrupted before AWS's answer arrives exists without being in the state.
    await lineFrom(first, "aws_lb.ingress_nlb: Still creating");
  });
  afterAll(async () => {
    first.kill("SIGKILL");
    await sandbox.stop();
  });

  it("makes a second apply fail with the holder of the lock", async () => {
    const second = await sandbox.tryTerraform(stack, apply);
    expect(second.exitCode).toBe(1);
    expect(second.output).toMatch(/Error acquiring the state lock/);
    expect(second.output).toMatch(
      /Path: +appname-terraform-state-111122223333\/appname\/dev02\/us-east-1\/terraform.tfstate/,
    );
    expect(second.output).toMatch(/Who: +\S+@\S+/);
  });

  it("is completed by the next apply after Terraform is terminated", async () => {
    first.kill("SIGTERM");
    await once(first, "exit");
    expect(first.exitCode).toBe(1);
    await sandbox.deploy(stack);
    await expectNoChanges(sandbox, stack);
  });

  it("leaves nothing behind after it is destroyed", async () => {
    await sandbox.terraform(stack, ["destroy", "-auto-approve"]);
    expect(await sandbox.leftovers()).toEqual([]);
  });
});

async function lineFrom(child: ChildProcess, text: string): Promise<void> {
  if (child.stdout === null) throw new Error("the program's output is not piped");
  const lines = createInterface({ input: child.stdout });
  await new Promise<void>((resolve, reject) => {
    lines.on("line", (line) => {
      if (line.includes(text)) resolve();
    });
    lines.once("close", () => {
      reject(new Error(`the program ended before it said "${text}"`));
    });
  });
}
