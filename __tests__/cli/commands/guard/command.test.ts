import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TemporaryFolder } from "../../lib/temporary-folder";

const folder = new TemporaryFolder();
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
    expect(stdout.match(/^ {2}Allowed by --allow/gm)).toHaveLength(2);
  });

  it("takes overrides for the stack that --stack names", () => {
    const allowed = ["--allow", "dev02-us-east-1:aws_db_instance.data_postgres_instance"];
    expect(command(plan("replaced-database"), "--stack", "dev02-us-east-1", ...allowed).status).toBe(0);
    expect(command(plan("replaced-database"), "--stack", "dev03-us-east-1", ...allowed).status).toBe(2);
  });

  it("takes the folder of a plan in the folder of a stack as its stack", () => {
    const content = readFileSync(join(project, plan("replaced-database")), "utf8");
    const file = folder.write("pipeline/dev02-us-east-1/plan.json", content);
    expect(command(file, "--allow", "dev02-us-east-1:aws_db_instance.data_postgres_instance").status).toBe(0);
  });

  it("exits with 1 and one line, without a stack trace, for invalid input", () => {
    const { status, stdout, stderr } = command(plan("harmless"), "--allow", "dev02-us-east-1:aws_kms_key.x");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});
