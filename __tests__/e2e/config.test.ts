import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFolder } from "../../cli/lib/project";
import { run, type Environment } from "../../cli/lib/run";
import { terraformEnvironment } from "../../cli/lib/terraform-environment";
import { accountStackName, loadAccounts, loadStages, stackName } from "../../schema";

// The only end-to-end test of the project's own config/, whatever it contains.
describe("the stacks of config/", () => {
  let output: string;
  let env: Environment;

  beforeAll(async () => {
    output = mkdtempSync(join(tmpdir(), "config-"));
    env = { ...(await terraformEnvironment()), CI: "true", STACKS: undefined };
  });
  afterAll(() => {
    rmSync(output, { recursive: true });
  });

  const succeeds = async (program: string, ...args: readonly string[]) => {
    const { exitCode, tail } = await run(program, args, { cwd: projectFolder, env });
    expect({ exitCode, output: exitCode === 0 ? "" : tail.join("\n") }).toEqual({ exitCode: 0, output: "" });
  };

  it("are accepted by terraform validate with the real provider", async () => {
    const stages = loadStages();
    const names = [...stages.map(stackName), ...loadAccounts(stages).map(accountStackName)];
    if (names.length === 0) return;
    await succeeds(join(projectFolder, "node_modules/.bin/cdktf"), "synth", "--output", output);
    for (const name of names) {
      const terraform = (...args: readonly string[]) =>
        succeeds(env.TERRAFORM_BINARY_NAME ?? "terraform", `-chdir=${join(output, "stacks", name)}`, ...args);
      await terraform("init", "-backend=false", "-input=false", "-no-color");
      await terraform("validate", "-no-color");
    }
  });
});
