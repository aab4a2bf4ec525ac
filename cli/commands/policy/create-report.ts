import { App } from "cdktf";
import { loadStages, stackName } from "../../../schema";
import { productionEnvironments } from "../../../schema/production";
import { stageFile } from "../../../policy/exceptions";
import { checkPolicy } from "../../../policy/validate";
import { StageStack } from "../../../stacks/stage-stack";
import { skipTokenTraces } from "../../../stacks/token-traces";
import { reportedRules, type Report } from "./report";

/**
 * Synthesizes every stage in memory, and checks it.
 * @throws ConfigError when the configuration cannot be synthesized
 */
export function createReport(): Report {
  const stages = loadStages();
  skipTokenTraces();
  const app = new App();
  const stacks = stages.map((stage) => ({ stage, stack: new StageStack(app, stage) }));
  for (const { stack } of stacks) stack.prepareStack();
  return {
    rules: reportedRules,
    stacks: stages.map((stage) => ({
      name: stackName(stage),
      file: stageFile(stage),
      inProduction: productionEnvironments.includes(stage.environment),
    })),
    ...checkPolicy(stacks),
  };
}
