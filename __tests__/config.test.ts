import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { checkPolicy } from "../policy/validate";
import { accountStackName, loadAccounts, loadStages, stackName } from "../schema";
import { typesOf } from "../stacks/account/types-of";
import { AccountStack } from "../stacks/account-stack";
import { StageStack } from "../stacks/stage-stack";

// The only tests of the project's own config/, whatever it contains; all others read __tests__/fixtures/config.
describe("the stage and account files in config/", () => {
  let outdir: string;

  beforeEach(() => {
    outdir = mkdtempSync(join(tmpdir(), "config-"));
  });
  afterEach(() => {
    rmSync(outdir, { recursive: true });
  });

  const stagesIn = (app: App) => loadStages().map((stage) => ({ stage, stack: new StageStack(app, stage) }));

  it("are valid", () => {
    expect(() => loadAccounts(loadStages())).not.toThrow();
  });

  it("become one stack each", () => {
    const app = new App({ outdir });
    const accounts = loadAccounts(loadStages());
    const stages = stagesIn(app).map(({ stage, stack }) => ({ stage, types: typesOf(stack) }));
    for (const account of accounts) new AccountStack(app, account, stages);
    app.synth();
    const names = [...stages.map(({ stage }) => stackName(stage)), ...accounts.map(accountStackName)];
    expect(names.length === 0 ? [] : readdirSync(join(outdir, "stacks")).sort()).toEqual(names.sort());
  });

  it("have no finding of the policy", () => {
    const stacks = stagesIn(new App({ outdir }));
    for (const { stack } of stacks) stack.prepareStack();
    expect(checkPolicy(stacks).findings).toEqual([]);
  });
});
