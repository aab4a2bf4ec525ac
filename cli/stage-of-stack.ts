import leven from "leven";
import { stackName, type StageConfig } from "../config";
import { ToolError } from "./toolchain";

/**
 * The stage of a stack.
 *
 * @throws ToolError that lists the stacks when there is none of this name, and names the nearest
 */
export function stageOfStack(stages: readonly StageConfig[], stack: string): StageConfig {
  const stage = stages.find((candidate) => stackName(candidate) === stack);
  if (stage) return stage;
  const names = stages.map(stackName);
  const [nearest] = names.toSorted((one, other) => leven(one, stack) - leven(other, stack));
  const hint = nearest === undefined ? "" : `; did you mean ${nearest}?`;
  throw new ToolError(`there is no stack "${stack}"; choose one of ${names.join(", ")}${hint}`);
}
