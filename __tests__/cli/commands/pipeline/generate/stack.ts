import type { PipelineStack } from "../../../../../cli/commands/pipeline/generate/stack";
import type { Changes } from "../../../../../cli/commands/pipeline/generate/steps";

/** A stack that has everything and waits for nobody, with whole fields replaced. */
export function stackWith(fields: Partial<PipelineStack> = {}): PipelineStack {
  return {
    name: "dev02-us-east-1",
    environment: "dev",
    region: "us-east-1",
    waitsForPerson: false,
    isShortLived: true,
    buildsImages: true,
    migrates: true,
    roles: { plan: "arn:aws:iam::111122223333:role/plan", deploy: "arn:aws:iam::111122223333:role/deploy" },
    deploysFrom: { branches: ["main"], tags: [] },
    ...fields,
  };
}

/** A stack that waits for a person, and is released by a tag. */
export const prod = stackWith({
  name: "prod01-us-east-1",
  environment: "prod",
  waitsForPerson: true,
  isShortLived: false,
  deploysFrom: { branches: [], tags: ["v*"] },
});

/** No difference from the target branch, with whole fields replaced. */
export function changesWith(fields: Partial<Changes> = {}): Changes {
  return { added: [], changed: [], removed: [], image: false, ...fields };
}
