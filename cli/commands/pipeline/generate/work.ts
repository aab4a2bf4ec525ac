import type { Refs } from "../../../../schema";
import { ToolError } from "../../../lib/tool-error";
import type { PipelineStack } from "./stacks";
import type { StackChanges } from "./synthesis";
import type { Environment } from "../../../lib/run";

/** The steps of a stack, in their order; each is a job. */
export const steps = ["plan", "apply", "image", "migrate", "release", "rollout", "destroy", "drift"] as const;

export type Step = (typeof steps)[number];

/** A stack and its steps in one pipeline. */
export interface StackWork {
  readonly stack: PipelineStack;
  readonly steps: readonly Step[];
}

/** What started a pipeline. */
export type Trigger =
  { readonly kind: "merge request" } | { readonly kind: "drift" } | { readonly kind: "deployment"; readonly ref: Ref };

/** The branch or tag of a pipeline. */
export interface Ref {
  readonly kind: "branch" | "tag";
  readonly name: string;
}

/** The differences between the baseline and now. */
export interface Changes extends StackChanges {
  /** Whether the images that are built here differ. */
  readonly image: boolean;
}

/**
 * Reads the trigger of the pipeline from GitLab's variables.
 *
 * @throws ToolError outside of GitLab
 */
export function triggerOf(environment: Environment, isDrift: boolean): Trigger {
  const { CI_MERGE_REQUEST_IID: request, CI_COMMIT_TAG: tag, CI_COMMIT_BRANCH: branch } = environment;
  if (isDrift || environment.CI_PIPELINE_SOURCE === "schedule") return { kind: "drift" };
  if (request) return { kind: "merge request" };
  if (tag) return { kind: "deployment", ref: { kind: "tag", name: tag } };
  if (branch) return { kind: "deployment", ref: { kind: "branch", name: branch } };
  throw new ToolError(
    "the trigger of the pipeline is unknown; set CI_COMMIT_BRANCH, CI_COMMIT_TAG or CI_MERGE_REQUEST_IID, as GitLab does",
  );
}

/** Whether stacks that deploy from `refs` deploy from this ref. */
export function deploysFrom(refs: Refs, { kind, name }: Ref): boolean {
  if (kind === "branch") return refs.branches.includes(name);
  return refs.tags.some((pattern) => matches(pattern, name));
}

/** The steps of each stack; stacks without steps are left out. */
export function workOn(stacks: readonly PipelineStack[], changes: Changes, trigger: Trigger): readonly StackWork[] {
  return stacks
    .map((stack) => ({ stack, steps: stepsFor(stack, changes, trigger) }))
    .filter((work) => work.steps.length > 0);
}

function stepsFor(stack: PipelineStack, { added, changed, image }: Changes, trigger: Trigger): readonly Step[] {
  const isNew = added.includes(stack.name);
  const differs = isNew || changed.includes(stack.name);
  if (trigger.kind === "drift") return ["drift"];
  if (trigger.kind === "merge request") return differs ? ["plan"] : [];
  if (!deploysFrom(stack.deploysFrom, trigger.ref)) return [];

  // A new stack has no image yet.
  const builds = stack.buildsImages && (image || isNew);
  const isIncluded: Readonly<Record<Step, boolean>> = {
    plan: differs,
    apply: differs,
    image: builds,
    migrate: builds && stack.migrates,
    release: builds,
    rollout: differs || builds,
    destroy: (differs || builds) && stack.isShortLived,
    drift: false,
  };
  return steps.filter((step) => isIncluded[step]);
}

/** Matches as IAM's StringLike: `*` matches any text. */
function matches(pattern: string, name: string): boolean {
  const literal = (text: string) => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${pattern.split("*").map(literal).join(".*")}$`).test(name);
}
