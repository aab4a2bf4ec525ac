import { resolve } from "node:path";
import { App } from "cdktf";
import { InputError, loadAccounts, loadStages } from "./schema";
import { typesOf } from "./stacks/account/types-of";
import { AccountStack } from "./stacks/account-stack";
import { enforcePolicy } from "./policy/validate";
import { StageStack } from "./stacks/stage-stack";

/**
 * Every stage file becomes one Terraform stack, `<stage>-<region>`, which the policy must hold for; every account file
 * becomes one, `account-<alias>-<region>`.
 *
 * @param folder of these files. @default - config/
 */
function synthesize(folder?: string): void {
  const stages = loadStages(folder);
  const accounts = loadAccounts(stages, folder);
  const app = new App();
  const stacks = stages.map((stage) => ({ stage, stack: new StageStack(app, stage) }));
  enforcePolicy(stacks);
  const typed = stacks.map(({ stage, stack }) => ({ stage, types: typesOf(stack) }));
  for (const account of accounts) {
    new AccountStack(app, account, typed);
  }
  app.synth();
}

const [configFolder] = process.argv.slice(2);

try {
  synthesize(configFolder === undefined ? undefined : resolve(configFolder));
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
