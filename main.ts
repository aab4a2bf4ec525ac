import { App } from "cdktf";
import { ConfigError, loadAccounts, loadStages } from "./schema";
import { typesOf } from "./stacks/account/types-of";
import { AccountStack } from "./stacks/account-stack";
import { PolicyError } from "./policy/finding";
import { enforcePolicy } from "./policy/validate";
import { StageStack } from "./stacks/stage-stack";
import { AddressCollisionError } from "./stacks/terraform-address";

/**
 * Every stage file becomes one Terraform stack, `<stage>-<region>`, which the policy must hold for; every account file
 * becomes one, `account-<alias>-<region>`.
 */
function synthesize(): void {
  const stages = loadStages();
  const accounts = loadAccounts(stages);
  const app = new App();
  const stacks = stages.map((stage) => ({ stage, stack: new StageStack(app, stage) }));
  enforcePolicy(stacks);
  const typed = stacks.map(({ stage, stack }) => ({ stage, types: typesOf(stack) }));
  for (const account of accounts) {
    new AccountStack(app, account, typed);
  }
  app.synth();
}

try {
  synthesize();
} catch (error) {
  const expected = [ConfigError, PolicyError, AddressCollisionError].some((type) => error instanceof type);
  if (!(expected && error instanceof Error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
