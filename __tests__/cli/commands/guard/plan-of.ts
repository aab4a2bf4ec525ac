import { planOf, type Plan, type ResourceChange } from "../../../../cli/commands/guard/plan";

type Values = Readonly<Record<string, unknown>>;

/** A change of a plan: `before` and `after` are the values of the state and of the plan. */
export interface Change {
  readonly actions: ResourceChange["change"]["actions"];
  readonly before?: Values;
  readonly after?: Values;
  /** True for what is known after the apply only. */
  readonly unknown?: Values;
  readonly replacePaths?: readonly (readonly string[])[];
  readonly reason?: string;
}

/** A resource that is updated in place. */
export const updated = (before: Values, after: Values, unknown: Values = {}): Change => ({
  actions: ["update"],
  before,
  after,
  unknown,
});

/** A resource that is created. */
export const created = (after: Values = {}, unknown: Values = {}): Change => ({ actions: ["create"], after, unknown });

/** A resource that is no longer in the stack. */
export const deleted = (before: Values = {}): Change => ({
  actions: ["delete"],
  before,
  reason: "delete_because_no_resource_config",
});

/** A resource that is deleted, and then created. */
export const deleteFirst = (before: Values = {}, after: Values = {}, unknown: Values = {}): Change => ({
  actions: ["delete", "create"],
  before,
  after,
  unknown,
  replacePaths: [["name"]],
});

/** A resource that is created, and then deleted (`create_before_destroy`). */
export const createFirst = (before: Values = {}, after: Values = {}, unknown: Values = {}): Change => ({
  ...deleteFirst(before, after, unknown),
  actions: ["create", "delete"],
});

/** A resource that stays as it is. */
export const unchanged = (values: Values = {}): Change => ({ actions: ["no-op"], before: values, after: values });

/** A plan with changes by address. */
export function planWith(
  changes: Readonly<Record<string, Change>>,
  outputs: Readonly<Record<string, object>> = {},
): Plan {
  return planOf(
    {
      format_version: "1.2",
      planned_values: {},
      output_changes: outputs,
      resource_changes: Object.entries(changes).map(([address, change]) => ({
        address,
        type: address.split(".")[0],
        action_reason: change.reason,
        change: {
          actions: change.actions,
          before: change.before ?? null,
          after: change.after ?? null,
          after_unknown: change.unknown ?? {},
          replace_paths: change.replacePaths ?? [],
        },
      })),
    },
    "plan.json",
  );
}
