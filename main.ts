import { App } from "cdktf";
import { ConfigError, loadStages } from "./config";
import { StageStack } from "./stacks/stage-stack";
import { skipTokenTraces } from "./stacks/token-traces";

/** Every stage file becomes one Terraform stack, `<stage>-<region>`. */
function synthesize(): void {
  const stages = loadStages();
  skipTokenTraces();
  const app = new App();
  for (const stage of stages) {
    new StageStack(app, stage);
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
