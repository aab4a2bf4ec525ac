import type { PipelineStack } from "../../../../../cli/commands/pipeline/generate/stacks";
import type { Changes } from "../../../../../cli/commands/pipeline/generate/work";

/** A stack with every feature and without manual approval, with whole fields replaced. */
export function stackWith(fields: Partial<PipelineStack> = {}): PipelineStack {
  return {
    name: "dev02-us-east-1",
    environment: "dev",
    region: "us-east-1",
    manualApproval: false,
    isShortLived: true,
    buildsImages: true,
    migrates: true,
    roles: { plan: "arn:aws:iam::111122223333:role/plan", deploy: "arn:aws:iam::111122223333:role/deploy" },
    deploysFrom: { branches: ["main"], tags: [] },
    ...fields,
  };
}

/** A stack with manual approval that is released by a tag. */
export const prod = stackWith({
  name: "prod01-us-east-1",
  environment: "prod",
  manualApproval: true,
  isShortLived: false,
  deploysFrom: { branches: [], tags: ["v*"] },
});

/** No changes since the baseline, with whole fields replaced. */
export function changesWith(fields: Partial<Changes> = {}): Changes {
  return { added: [], changed: [], removed: [], image: false, ...fields };
}
