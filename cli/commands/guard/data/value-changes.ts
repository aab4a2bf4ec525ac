import { isCreated, isRemoved, kindOf } from "../actions";
import { fieldChange, isUnknown, knownFieldChange, valueAt } from "../fields";
import { nameOf, type Plan, type ResourceChange } from "../plan";
import type { Loss } from "./loss";
import { valueEntries, type Owner, type ValueEntry } from "./values";

/** The losses of a plan by changed values: those that are refused, and the protections that are removed. */
export interface ValueChanges {
  readonly losses: readonly Loss[];
  readonly protections: readonly Loss[];
}

/** Compares the values of a plan that decide about data. A value that is known after the apply only is not a loss. */
export function valueChangesOf(plan: Pick<Plan, "resource_changes">): ValueChanges {
  const found = plan.resource_changes.flatMap((resource) =>
    valueEntries.flatMap((entry) => {
      if (entry.type !== resource.type || !concerns(entry, resource, plan)) return [];
      const loss = lossOf(entry, resource);
      return loss === undefined ? [] : [{ entry, loss }];
    }),
  );
  const by = (consequence: ValueEntry["consequence"]) =>
    found.filter(({ entry }) => entry.consequence === consequence).map(({ loss }) => loss);
  return { losses: by("refused"), protections: by("shown") };
}

/** A replaced or deleted resource loses more than a value, which its deletion reports. */
function concerns({ owner }: ValueEntry, resource: ResourceChange, plan: Pick<Plan, "resource_changes">): boolean {
  const kind = kindOf(resource);
  if (owner === undefined) return kind === "update";
  if (kind === "none" || kind === "forget") return false;
  return owner === "itself" ? kind !== "create" : ownerStays(owner, resource, plan);
}

/** Whether the resource with the data exists before and after the apply. */
function ownerStays({ type, by, key }: Owner, resource: ResourceChange, plan: Pick<Plan, "resource_changes">): boolean {
  const { before, after } = resource.change;
  const name = valueAt(before, by) ?? valueAt(after, by);
  if (name === undefined && isUnknown(resource, by)) return false;
  return !plan.resource_changes.some(
    (other) =>
      other.type === type &&
      (isCreated(other) || isRemoved(other)) &&
      [valueAt(other.change.before, key), valueAt(other.change.after, key)].includes(name),
  );
}

function lossOf(
  { field, loses, data, comparesKnownParts = false }: ValueEntry,
  resource: ResourceChange,
): Loss | undefined {
  const change = (comparesKnownParts ? knownFieldChange : fieldChange)(resource, field);
  const difference = change && loses(change);
  if (difference === undefined) return undefined;
  const verb = kindOf(resource) === "delete" ? "is deleted, which changes" : "changes";
  const effect = `${verb} ${field}${difference.startsWith("from ") ? "" : ":"} ${difference}`;
  return { address: resource.address, name: nameOf(resource), effect, data, notes: [] };
}
