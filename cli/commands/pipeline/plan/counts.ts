import type { Plan } from "../../guard/plan";

/** How many resources a plan touches; one that is replaced is created and deleted. */
export interface Counts {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
}

/** Counts as the widget of GitLab's merge requests shows them. https://docs.gitlab.com/ci/yaml/artifacts_reports/#artifactsreportsterraform */
export function countsOf(plan: Pick<Plan, "resource_changes">): Counts {
  const count = (action: keyof Counts) =>
    plan.resource_changes.filter(({ change }) => change.actions.includes(action)).length;
  return { create: count("create"), update: count("update"), delete: count("delete") };
}
