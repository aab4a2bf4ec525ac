import { programNameIn } from "../../lib/terraform-program";
import type { ResourceChange } from "./plan";

/** What a plan does with a resource; `delete-first` and `create-first` are the two orders of a replacement. */
export type Kind = "none" | "create" | "update" | "delete" | "delete-first" | "create-first" | "forget";

/** What a plan does with a resource. https://developer.hashicorp.com/terraform/internals/json-format#change-representation */
export function kindOf({ change: { actions } }: ResourceChange): Kind {
  if (actions.includes("forget")) return "forget";
  if (!actions.includes("delete")) {
    return actions.includes("create") ? "create" : actions.includes("update") ? "update" : "none";
  }
  if (!actions.includes("create")) return "delete";
  return actions[0] === "delete" ? "delete-first" : "create-first";
}

/** Whether the resource of the state does not exist after the apply. */
export function isRemoved(resource: ResourceChange): boolean {
  return resource.change.actions.includes("delete");
}

/** Whether the resource exists only from the apply on; a replaced one existed before. */
export function isCreated(resource: ResourceChange): boolean {
  return kindOf(resource) === "create";
}

/** What happens to a resource that is removed, such as `is deleted`; undefined for others. */
export function effectOf({ change: { actions } }: ResourceChange): string | undefined {
  const isReplaced = actions.includes("create");
  if (actions.includes("delete")) return isReplaced ? "is replaced by a new one" : "is deleted";
  if (!actions.includes("forget")) return undefined;
  return isReplaced
    ? "is removed from the state and replaced by a new one"
    : "is removed from the state and no longer managed";
}

const causes: Readonly<Record<string, string>> = {
  replace_by_request: "was named by -replace",
  replace_by_triggers: "has a changed replace_triggered_by reference",
  delete_because_no_resource_config: "is no longer in the stack",
  delete_because_no_module: "is no longer in the stack",
  delete_because_no_move_target: "was moved to an address that is not in the stack",
  delete_because_wrong_repetition: "has another count or for_each",
  delete_because_count_index: "has a smaller count",
  delete_because_each_key: "no longer has a key in for_each",
};

/**
 * Why a resource is removed; continues a sentence after "as it".
 * https://developer.hashicorp.com/terraform/internals/json-format#change-representation
 */
export function causeOf({ deposed, action_reason = "", change }: ResourceChange): string {
  if (deposed !== undefined) return "remained after an unfinished replacement";
  const fields = change.replace_paths.map((path) => path.join(".")).join(", ");
  if (fields !== "") return `cannot change ${fields} in place`;
  if (action_reason === "replace_because_tainted") return `is tainted: ${programNameIn(process.env)} untaint keeps it`;
  return causes[action_reason] ?? `is planned for destruction (${programNameIn(process.env)} destroy?)`;
}
