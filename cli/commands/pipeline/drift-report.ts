import { z } from "zod";
import { codeBlock, junitReport } from "../../lib/report";

/** An attribute whose value differs from the stack. */
export interface AttributeDrift {
  readonly attribute: string;
  readonly actual: string;
  readonly expected: string;
}

/** A resource that differs from the stack. */
export interface ResourceDrift {
  readonly address: string;
  readonly type: string;
  /** What an apply would do, such as `update`. */
  readonly action: string;
  readonly attributes: readonly AttributeDrift[];
}

/** The drift of one stack. */
export interface StackDrift {
  readonly stack: string;
  readonly resources: readonly ResourceDrift[];
  /** The reason that the stack could not be checked. @default - it was checked */
  readonly error?: string;
}

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

/** The changes of a plan in JSON, without sensitive values. https://developer.hashicorp.com/terraform/internals/json-format */
export function driftOf(json: unknown): ResourceDrift[] {
  return planShape.parse(json).resource_changes.flatMap(({ address, type, change }) => {
    const actions = change.actions.filter((action) => action !== "no-op" && action !== "read");
    if (actions.length === 0) return [];
    return [{ address, type, action: actions.join("/"), attributes: attributesOf(change) }];
  });
}

/** A resource and its attributes as lines of text. */
export function linesOf({ address, action, attributes }: ResourceDrift): string[] {
  const details = attributes.map(
    ({ attribute, actual, expected }) => `  ${attribute}: is ${actual}, should be ${expected}`,
  );
  return [`${address} (${action})`, ...details];
}

/** A Markdown report. */
export function markdownOf(stacks: readonly StackDrift[]): string {
  return `${stacks.map(sectionOf).join("\n\n")}\n`;
}

/** A JUnit report with a test case for each stack. https://docs.gitlab.com/ci/testing/unit_test_reports/ */
export function junitOf(stacks: readonly StackDrift[]): string {
  const tests = stacks.map(({ stack, resources, error }) => ({
    name: stack,
    ...(error !== undefined && { error: { message: error.split("\n")[0] ?? "", details: error } }),
    ...(resources.length > 0 && {
      failure: { message: `${resources.length} drifted`, details: resources.flatMap(linesOf).join("\n") },
    }),
  }));
  return junitReport([{ name: "drift", tests }]);
}

function attributesOf({ before, after, ...marked }: Change): AttributeDrift[] {
  // All attributes of a deleted or missing resource differ, which its action states.
  if (before === null || after === null) return [];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((attribute) => {
    const isUnknown = isMarked(marked.after_unknown, attribute);
    if (!isUnknown && JSON.stringify(before[attribute]) === JSON.stringify(after[attribute])) return [];
    const isSensitive = isMarked(marked.before_sensitive, attribute) || isMarked(marked.after_sensitive, attribute);
    const show = (value: unknown) => (isSensitive ? "(sensitive)" : shorten(value));
    const expected = isUnknown ? "(known after apply)" : show(after[attribute]);
    return [{ attribute, actual: show(before[attribute]), expected }];
  });
}

/** A mark anywhere below an attribute hides the whole attribute. */
function isMarked(mark: unknown, attribute: string): boolean {
  if (typeof mark !== "object" || mark === null) return mark === true;
  return isTrueSomewhere(Reflect.get(mark, attribute));
}

function isTrueSomewhere(mark: unknown): boolean {
  if (typeof mark !== "object" || mark === null) return mark === true;
  return Object.values(mark).some(isTrueSomewhere);
}

const maximumLength = 200;

function shorten(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  return text.length > maximumLength ? `${text.slice(0, maximumLength)}...` : text;
}

function sectionOf({ stack, resources, error }: StackDrift): string {
  if (error !== undefined) return [`### ${stack}: unknown`, codeBlock([error])].join("\n\n");
  if (resources.length === 0) return `### ${stack}: no drift`;
  const count = resources.length === 1 ? "one resource differs" : `${resources.length} resources differ`;
  return [`### ${stack}: ${count}`, codeBlock(resources.flatMap(linesOf))].join("\n\n");
}
