import { stackName, type StageConfig } from "../config";
import { ToolError } from "./toolchain";

/**
 * The stage of a stack.
 *
 * @throws ToolError that lists the stacks when there is none of this name
 */
export function stageOfStack(stages: readonly StageConfig[], stack: string): StageConfig {
  const stage = stages.find((candidate) => stackName(candidate) === stack);
  if (stage) return stage;
  throw new ToolError(`there is no stack "${stack}"; choose one of ${stages.map(stackName).join(", ")}`);
}
