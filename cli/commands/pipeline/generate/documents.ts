import { jobsFor, type Job } from "./jobs";
import type { Part } from "./parts";
import { steps } from "./steps";

/** A file that GitLab reads as a pipeline. */
export type Document = Readonly<Record<string, unknown>>;

/** Name of the file that the trigger job of `.gitlab-ci.yml` names. */
export const firstFile = "child.yml";

const partFile = (part: Part) => `${part.name}.yml`;

/**
 * The files of the generated pipelines, by name. One part is the child itself; of several, the child starts each, as GitLab
 * lets a pipeline have two levels of others below it.
 */
export function documentsOf(parts: readonly Part[], folder: string): ReadonlyMap<string, Document> {
  const [only, ...others] = parts;
  if (only === undefined) return new Map([[firstFile, nothingToDo]]);
  if (others.length === 0) return new Map([[firstFile, partDocument(only)]]);
  return new Map([
    [firstFile, startingAll(parts, folder)],
    ...parts.map((part) => [partFile(part), partDocument(part)] as const),
  ]);
}

const asChild = { rules: [{ if: '$CI_PIPELINE_SOURCE == "parent_pipeline"' }] };

function partDocument({ work }: Part): Document {
  const used = new Set(work.flatMap((each) => each.steps));
  const jobs = work.flatMap((each) => Object.entries(jobsFor(each)));
  return {
    include: [{ local: "ci/stack.yml" }],
    workflow: asChild,
    stages: steps.filter((step) => used.has(step)),
    ...Object.fromEntries(jobs),
  };
}

/** GitLab takes a generated file only from a job of the pipeline that starts it, so this one hands them down. */
function startingAll(parts: readonly Part[], folder: string): Document {
  const trigger = (part: Part): Job => ({
    stage: "stacks",
    needs: ["parts"],
    trigger: {
      include: [{ artifact: `${folder}/${partFile(part)}`, job: "parts" }],
      strategy: "depend",
      forward: { pipeline_variables: true },
    },
  });
  return {
    include: [{ local: "ci/parts.yml" }],
    workflow: asChild,
    stages: ["parts", "stacks"],
    parts: { extends: ".parts", needs: [{ pipeline: "$PARENT_PIPELINE_ID", job: "generate" }] },
    ...Object.fromEntries(parts.map((part) => [part.name, trigger(part)])),
  };
}

/** GitLab refuses a pipeline without jobs. */
const nothingToDo: Document = {
  include: [{ local: "ci/parts.yml" }],
  workflow: asChild,
  stages: ["stacks"],
  "nothing to do": { extends: ".nothing" },
};
