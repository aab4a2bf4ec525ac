import type { StageConfig } from "../../config";
import { stackName } from "../../config";
import { ToolError } from "../toolchain";

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
  const stage = stages.find((candidate) => stackName(candidate) === stack);
  if (!stage) {
    throw new ToolError(`there is no stack "${stack}"; choose one of ${stages.map(stackName).join(", ")}`);
  }
  const { state, accountId, region } = stage;
  if (state.backend !== "s3") {
    throw new ToolError(`the state of ${stack} is kept by "${state.backend}"; choose a stack that keeps it in S3`);
  }
  return { stack, accountId, region, bucket: { name: state.bucket, region: state.region } };
}
