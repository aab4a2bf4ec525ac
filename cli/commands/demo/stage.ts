import type { StageConfig } from "../../../schema";
import { stageOfStack } from "../../lib/stacks";
import { ToolError } from "../../lib/tool-error";

/** What the demo needs to know of a stage. */
export interface DemoStage {
  readonly stack: string;
  readonly accountId: string;
  readonly region: string;
  readonly bucket: { readonly name: string; readonly region: string };
}

/**
 * The stage of a stack.
 *
 * @throws ToolError when there is none, or when its state would leave the emulated AWS
 */
export function chooseStage(stages: readonly StageConfig[], stack: string): DemoStage {
  const { state, accountId, region } = stageOfStack(stages, stack);
  if (state.backend !== "s3") {
    throw new ToolError(`the state of ${stack} is kept by "${state.backend}"; choose a stack that keeps it in S3`);
  }
  return { stack, accountId, region, bucket: { name: state.bucket, region: state.region } };
}
