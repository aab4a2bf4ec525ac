import { limits } from "./limits";
import type { StackWork } from "./steps";

/** Stacks whose jobs are one pipeline. */
export interface Part {
  /** Such as `dev-1`. */
  readonly name: string;
  readonly work: readonly StackWork[];
}

/** Divides the work into pipelines within GitLab's limits; each holds stacks of one environment, and all jobs of a stack. */
export function partsOf(work: readonly StackWork[], mostJobs: number = limits.jobs): readonly Part[] {
  const environments = [...new Set(work.map(({ stack }) => stack.environment))];
  return environments.flatMap((environment) =>
    filled(
      work.filter(({ stack }) => stack.environment === environment),
      mostJobs,
    ).map((part, index) => ({ name: `${environment}-${index + 1}`, work: part })),
  );
}

function filled(work: readonly StackWork[], mostJobs: number): StackWork[][] {
  const parts: StackWork[][] = [];
  let jobs = Number.POSITIVE_INFINITY;
  for (const each of work) {
    jobs += each.steps.length;
    if (jobs > mostJobs) {
      parts.push([]);
      jobs = each.steps.length;
    }
    parts.at(-1)?.push(each);
  }
  return parts;
}
