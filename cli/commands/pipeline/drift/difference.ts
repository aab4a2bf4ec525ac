import { z } from "zod";

const values = z.record(z.string(), z.unknown()).nullable().default(null);
// Terraform marks a whole object by `true`, or its parts by an object of the same shape.
const marks = z.union([z.boolean(), z.record(z.string(), z.unknown())]).default(false);

const planShape = z.object({
  resource_changes: z
    .array(
      z.object({
        address: z.string(),
        type: z.string(),
        change: z.object({
          actions: z.array(z.string()),
          before: values,
          after: values,
          after_unknown: marks,
          before_sensitive: marks,
          after_sensitive: marks,
        }),
      }),
    )
    .default([]),
});

type Change = z.output<typeof planShape>["resource_changes"][number]["change"];

/** An attribute that is not as the stack says. */
export interface Difference {
  readonly attribute: string;
  readonly is: string;
  readonly shouldBe: string;
}

/** A resource that is not as the stack says. */
export interface Drifted {
  readonly address: string;
  readonly type: string;
  /** What an apply would do with it, such as `update`. */
  readonly action: string;
  readonly differences: readonly Difference[];
}

/** What a plan would change, and how, without the value of anything that Terraform knows to be sensitive. */
export function driftOf(json: unknown): Drifted[] {
  return planShape.parse(json).resource_changes.flatMap(({ address, type, change }) => {
    const actions = change.actions.filter((action) => action !== "no-op" && action !== "read");
    if (actions.length === 0) return [];
    return [{ address, type, action: actions.join("/"), differences: differencesOf(change) }];
  });
}

function differencesOf({ before, after, ...marked }: Change): Difference[] {
  // Of a resource that is gone or new, all attributes differ: its action says so.
  if (before === null || after === null) return [];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((attribute) => {
    const isUnknown = isMarked(marked.after_unknown, attribute);
    if (!isUnknown && JSON.stringify(before[attribute]) === JSON.stringify(after[attribute])) return [];
    const isSensitive = isMarked(marked.before_sensitive, attribute) || isMarked(marked.after_sensitive, attribute);
    const show = (value: unknown) => (isSensitive ? "(sensitive)" : shown(value));
    return [
      { attribute, is: show(before[attribute]), shouldBe: isUnknown ? "(known after apply)" : show(after[attribute]) },
    ];
  });
}

/** A mark anywhere below an attribute hides the whole of it. */
function isMarked(mark: unknown, attribute: string): boolean {
  if (typeof mark !== "object" || mark === null) return mark === true;
  return isTrueSomewhere(Reflect.get(mark, attribute));
}

function isTrueSomewhere(mark: unknown): boolean {
  if (typeof mark !== "object" || mark === null) return mark === true;
  return Object.values(mark).some(isTrueSomewhere);
}

const longest = 200;

function shown(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}
