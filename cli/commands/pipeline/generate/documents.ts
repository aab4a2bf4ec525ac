import { ToolError } from "../../../lib/tool-error";
import { jobsFor, type Job } from "./jobs";
import { steps, type StackWork } from "./work";

/** A file that GitLab reads as a pipeline. */
export type Document = Readonly<Record<string, unknown>>;

/** Stacks whose jobs are in one pipeline. */
export interface Part {
  /** Such as `dev-1`. */
  readonly name: string;
  readonly work: readonly StackWork[];
}

/** GitLab's documented limits, and lower ones that the generated pipelines observe. */
export const limits = {
  /** Jobs of a pipeline, so that it stays readable. Plans of gitlab.com start at 500. */
  jobs: 200,
  /** Jobs that a job may need. https://docs.gitlab.com/ci/yaml/#needs */
  needs: 50,
  /** Jobs with an environment. https://docs.gitlab.com/administration/instance_limits/#maximum-number-of-deployment-jobs-in-a-pipeline */
  deployments: 500,
  /** Pipelines below one pipeline. https://docs.gitlab.com/administration/instance_limits/#limit-pipeline-hierarchy-size */
  pipelines: 1000,
  /** Size of a file in bytes: 1 MiB before GitLab 17.3. https://docs.gitlab.com/administration/instance_limits/#maximum-size-and-depth-of-cicd-configuration-yaml-files */
  fileBytes: 1024 * 1024,
  /** Size of all files that one job generates, in bytes. https://docs.gitlab.com/ci/pipelines/downstream_pipelines/#dynamic-child-pipelines */
  archiveBytes: 5 * 1024 * 1024,
} as const;

/** Name of the file that the trigger job of `.gitlab-ci.yml` includes. */
const childFile = "child.yml";

const partFile = (part: Part) => `${part.name}.yml`;

/** Splits the work into pipelines of one environment each, below the limit of jobs; all jobs of a stack stay together. */
export function partsOf(work: readonly StackWork[], maximumJobs: number = limits.jobs): readonly Part[] {
  const environments = [...new Set(work.map(({ stack }) => stack.environment))];
  return environments.flatMap((environment) =>
    split(
      work.filter(({ stack }) => stack.environment === environment),
      maximumJobs,
    ).map((part, index) => ({ name: `${environment}-${index + 1}`, work: part })),
  );
}

/**
 * The files of the generated pipelines, by name. A single part is the child pipeline itself; several parts are triggered by
 * the child pipeline, as GitLab allows two levels of child pipelines.
 */
export function documentsOf(parts: readonly Part[], folder: string): ReadonlyMap<string, Document> {
  const [only, ...others] = parts;
  if (only === undefined) return new Map([[childFile, nothingToDo]]);
  if (others.length === 0) return new Map([[childFile, partDocument(only)]]);
  return new Map([
    [childFile, triggeringDocument(parts, folder)],
    ...parts.map((part) => [partFile(part), partDocument(part)] as const),
  ]);
}

/**
 * Checks the files against GitLab's limits.
 *
 * @throws ToolError that names the limit that is exceeded
 */
export function requireWithinLimits(files: ReadonlyMap<string, string>): void {
  const sizes = [...files].map(([name, text]) => ({ name, bytes: Buffer.byteLength(text) }));
  const tooLong = sizes.find(({ bytes }) => bytes > limits.fileBytes);
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  const maximumFiles = Math.min(limits.pipelines, limits.jobs);
  const problem =
    tooLong !== undefined
      ? `${tooLong.name} is ${tooLong.bytes} bytes long, and GitLab reads ${limits.fileBytes}`
      : total > limits.archiveBytes
        ? `the generated files are ${total} bytes long, and GitLab reads ${limits.archiveBytes}`
        : files.size > maximumFiles
          ? `there are ${files.size} pipelines to start, and one starts at most ${maximumFiles}`
          : undefined;
  if (problem === undefined) return;
  throw new ToolError(
    `the stacks are too many for one pipeline: ${problem}; divide the configuration into two projects`,
  );
}

function split(work: readonly StackWork[], maximumJobs: number): StackWork[][] {
  const parts: StackWork[][] = [];
  let jobs = Number.POSITIVE_INFINITY;
  for (const each of work) {
    jobs += each.steps.length;
    if (jobs > maximumJobs) {
      parts.push([]);
      jobs = each.steps.length;
    }
    parts.at(-1)?.push(each);
  }
  return parts;
}

const childWorkflow = { rules: [{ if: '$CI_PIPELINE_SOURCE == "parent_pipeline"' }] };

function partDocument({ work }: Part): Document {
  const used = new Set(work.flatMap((each) => each.steps));
  const jobs = work.flatMap((each) => Object.entries(jobsFor(each)));
  return {
    include: [{ local: "ci/stack.yml" }],
    workflow: childWorkflow,
    stages: steps.filter((step) => used.has(step)),
    ...Object.fromEntries(jobs),
  };
}

/** A trigger job includes only files of jobs of its own pipeline, so the job `parts` copies them from the parent pipeline. */
function triggeringDocument(parts: readonly Part[], folder: string): Document {
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
    workflow: childWorkflow,
    stages: ["parts", "stacks"],
    parts: { extends: ".parts", needs: [{ pipeline: "$PARENT_PIPELINE_ID", job: "generate" }] },
    ...Object.fromEntries(parts.map((part) => [part.name, trigger(part)])),
  };
}

/** GitLab rejects a pipeline without jobs. */
const nothingToDo: Document = {
  include: [{ local: "ci/parts.yml" }],
  workflow: childWorkflow,
  stages: ["stacks"],
  "nothing to do": { extends: ".nothing" },
};
