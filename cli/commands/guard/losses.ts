import { dataHolders } from "./data-holders";
import { nameOf, type Plan, type ResourceChange } from "./plan";

/** A resource with data that a plan takes away. */
export interface Loss {
  readonly address: string;
  /** The address, and which of its objects when it is not the current one. */
  readonly name: string;
  /** What happens to it, such as `is deleted`. */
  readonly what: string;
  readonly why: string;
  /** What it holds. */
  readonly data: string;
}

/** Everything with data that a plan deletes, replaces or leaves without an owner. */
export function lossesOf(plan: Pick<Plan, "resource_changes">): readonly Loss[] {
  return plan.resource_changes.flatMap((resource): Loss[] => {
    const data = dataHolders[resource.type];
    const what = whatHappens(resource.change.actions);
    if (data === undefined || what === undefined) return [];
    return [{ address: resource.address, name: nameOf(resource), what, why: whyOf(resource), data }];
  });
}

function whatHappens(actions: ResourceChange["change"]["actions"]): string | undefined {
  const created = actions.includes("create");
  if (actions.includes("delete")) return created ? "is replaced by a new one" : "is deleted";
  if (actions.includes("forget")) return created ? "is left behind for a new one" : "is left behind, managed by nobody";
  return undefined;
}

const reasons: Readonly<Record<string, string>> = {
  replace_because_tainted: "is tainted: terraform untaint keeps it",
  replace_by_request: "was named by -replace",
  replace_by_triggers: "has replace_triggered_by something that changes",
  delete_because_no_resource_config: "is no longer in the stack",
  delete_because_no_module: "is no longer in the stack",
  delete_because_no_move_target: "was moved to an address that is not in the stack",
  delete_because_wrong_repetition: "has another count or for_each",
  delete_because_count_index: "has a smaller count",
  delete_because_each_key: "has lost its key of for_each",
};

function whyOf({ deposed, action_reason = "", change }: ResourceChange): string {
  if (deposed !== undefined) return "is what an unfinished replacement left";
  const fields = change.replace_paths.map((path) => path.join(".")).join(", ");
  if (fields !== "") return `cannot change ${fields} in place`;
  return reasons[action_reason] ?? "is asked to go (terraform destroy?)";
}
