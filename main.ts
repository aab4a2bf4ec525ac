import { App } from "cdktf";
import { ConfigError, loadBootstraps, loadStages } from "./config";
import { typesOf } from "./stacks/bootstrap/types-of";
import { BootstrapStack } from "./stacks/bootstrap-stack";
import { PolicyError } from "./stacks/policy/finding";
import { enforcePolicy } from "./stacks/policy/validate";
import { StageStack } from "./stacks/stage-stack";
import { skipTokenTraces } from "./stacks/token-traces";

/**
 * Every stage file becomes one Terraform stack, `<stage>-<region>`, which the policy must hold for; every bootstrap file
 * becomes one, `bootstrap-<alias>-<region>`.
 */
function synthesize(): void {
  const stages = loadStages();
  const bootstraps = loadBootstraps(stages);
  skipTokenTraces();
  const app = new App();
  const stacks = stages.map((stage) => ({ stage, stack: new StageStack(app, stage) }));
  enforcePolicy(stacks);
  const typed = stacks.map(({ stage, stack }) => ({ stage, types: typesOf(stack) }));
  for (const bootstrap of bootstraps) {
    new BootstrapStack(app, bootstrap, typed);
  }
  app.synth();
}

try {
  synthesize();
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof PolicyError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
