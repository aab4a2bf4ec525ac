import { spawnSync } from "node:child_process";
import { join } from "node:path";

const project = join(__dirname, "..", "..", "..", "..");

function command(...args: string[]) {
  return spawnSync(process.execPath, ["cli/run.mjs", "cli/commands/guard.ts", ...args], {
    cwd: project,
    encoding: "utf8",
  });
}

const plan = (name: string) => `__tests__/cli/commands/guard/plans/${name}.json`;

describe("the guard's command", () => {
  it("exits with 2 after a refusal", () => {
    const { status, stdout, stderr } = command(plan("replaced-database"));
    expect({ status, stderr }).toEqual({ status: 2, stderr: "" });
    expect(stdout).toMatch("Refused");
  });

  it("accepts several overrides", () => {
    const names = ["aws_kms_key.data_key", "aws_sqs_queue.data_tainted_queue"];
    const { stdout } = command(plan("lossy"), ...names.flatMap((name) => ["--allow", name]));
    expect(stdout.match(/^Allowed by --allow/gm)).toHaveLength(2);
  });

  it("exits with 1 and one line, without a stack trace, for invalid input", () => {
    const { status, stdout, stderr } = command(plan("harmless"), "--allow", "aws_kms_key.x");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});
