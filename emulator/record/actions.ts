import { groupBy } from "./group";
import type { RecordedCall } from "./line";

/** The IAM actions that the calls of one caller need. */
export interface CallerActions {
  /** ARN of the role that the caller has assumed, or of the caller that may do everything. */
  readonly caller: string;
  /** Sorted by name; each with all of its resources, sorted, once. */
  readonly actions: readonly { readonly action: string; readonly resources: readonly string[] }[];
  /** Calls, such as "GET /x of xray", whose actions are not known. */
  readonly unknown: readonly string[];
}

/** The IAM actions by caller. Refused calls count, since AWS authorizes a call before it decides anything else. */
export function actionsByCaller(calls: readonly RecordedCall[]): readonly CallerActions[] {
  const callers = groupBy(calls, ({ role, caller }) => role ?? caller);
  return [...callers]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([caller, own]) => ({ caller, actions: actionsOf(own), unknown: unknownOf(own) }));
}

function actionsOf(calls: readonly RecordedCall[]): CallerActions["actions"] {
  const resources = new Map<string, Set<string>>();
  for (const needed of calls.flatMap(({ actions = [] }) => actions)) {
    const known = resources.get(needed.action) ?? new Set();
    needed.resources.forEach((resource) => known.add(resource));
    resources.set(needed.action, known);
  }
  return [...resources]
    .map(([action, arns]) => ({ action, resources: [...arns].toSorted() }))
    .toSorted((one, other) => (one.action < other.action ? -1 : 1));
}

function unknownOf(calls: readonly RecordedCall[]): readonly string[] {
  const unknown = calls.filter(({ actions }) => actions === undefined);
  return [...new Set(unknown.map(({ service, operation }) => `${operation} of ${service || "no service"}`))].toSorted();
}
