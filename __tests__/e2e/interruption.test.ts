import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expectNoChanges } from "./plan";
import { Sandbox } from "./sandbox";

const stack = "dev02-us-east-1";
const apply = ["apply", "-auto-approve", "-input=false"];

describe("an apply that does not end well", () => {
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
    // Not earlier: what is killed before AWS's answer arrives exists, and nobody knows its id.
    await lineFrom(first, "aws_lb.ingress_nlb: Still creating");
  });
  afterAll(async () => {
    first.kill("SIGKILL");
    await sandbox.stop();
  });

  it("makes a second apply fail on the lock, and say who holds it", async () => {
    const second = await sandbox.tryTerraform(stack, apply);
    expect(second.exitCode).toBe(1);
    expect(second.output).toMatch(/Error acquiring the state lock/);
    expect(second.output).toMatch(
      /Path: +appname-terraform-state-111122223333\/appname\/dev02\/us-east-1\/terraform.tfstate/,
    );
    expect(second.output).toMatch(/Who: +\S+@\S+/);
  });

  it("converges with the next apply after Terraform is killed in the middle", async () => {
    first.kill("SIGTERM");
    await once(first, "exit");
    expect(first.exitCode).toBe(1);
    await sandbox.terraform(stack, apply);
    await expectNoChanges(sandbox, stack);
  });

  it("leaves nothing behind once it is destroyed", async () => {
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
