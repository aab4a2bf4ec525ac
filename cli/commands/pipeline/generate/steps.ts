import type { Difference } from "./difference";
import { deploysFrom, type Occasion } from "./occasion";
import type { PipelineStack } from "./stack";

/** What jobs do to a stack, in their order. */
export const steps = ["plan", "apply", "image", "migrate", "release", "rollout", "destroy", "drift"] as const;

export type Step = (typeof steps)[number];

/** A stack and what is done to it. */
export interface StackWork {
  readonly stack: PipelineStack;
  readonly steps: readonly Step[];
}

/** What is different from the target branch. */
export interface Changes extends Difference {
  /** Whether the images that are built here are others. */
  readonly image: boolean;
}

/** What the pipeline does to each stack; those to which it does nothing are left out. */
export function workOn(stacks: readonly PipelineStack[], changes: Changes, occasion: Occasion): readonly StackWork[] {
  return stacks
    .map((stack) => ({ stack, steps: stepsFor(stack, changes, occasion) }))
    .filter((work) => work.steps.length > 0);
}

function stepsFor(stack: PipelineStack, { added, changed, image }: Changes, occasion: Occasion): readonly Step[] {
  const isNew = added.includes(stack.name);
  const differs = isNew || changed.includes(stack.name);
  if (occasion.kind === "drift") return ["drift"];
  if (occasion.kind === "merge request") return differs ? ["plan"] : [];
  if (!deploysFrom(stack.deploysFrom, occasion.ref)) return [];

  // A new stack has no image yet.
  const builds = stack.buildsImages && (image || isNew);
  const wanted: Readonly<Record<Step, boolean>> = {
    plan: differs,
    apply: differs,
    image: builds,
    migrate: builds && stack.migrates,
    release: builds,
    rollout: differs || builds,
    destroy: (differs || builds) && stack.isShortLived,
    drift: false,
  };
  return steps.filter((step) => wanted[step]);
}
