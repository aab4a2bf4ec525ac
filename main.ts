import { App } from "cdktf";
import { ConfigError, loadBootstraps, loadStages } from "./config";
import { typesOf } from "./stacks/bootstrap/types-of";
import { BootstrapStack } from "./stacks/bootstrap-stack";
import { StageStack } from "./stacks/stage-stack";
import { skipTokenTraces } from "./stacks/token-traces";

/** Every stage file becomes one Terraform stack, `<stage>-<region>`; every bootstrap file, `bootstrap-<alias>-<region>`. */
function synthesize(): void {
  const stages = loadStages();
  const bootstraps = loadBootstraps(stages);
  skipTokenTraces();
  const app = new App();
  const typed = stages.map((stage) => ({ stage, types: typesOf(new StageStack(app, stage)) }));
  for (const bootstrap of bootstraps) {
    new BootstrapStack(app, bootstrap, typed);
  }
  app.synth();
}

try {
  synthesize();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
