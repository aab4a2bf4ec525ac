import { readFileSync } from "node:fs";
import { z } from "zod";
import { programNameIn } from "../../lib/terraform-program";
import { ToolError } from "../../lib/tool-error";

const action = z.enum(["no-op", "create", "read", "update", "delete", "forget"]);

const resourceChange = z.object({
  address: z.string(),
  type: z.string(),
  /** Key of an object that an interrupted replacement left. */
  deposed: z.string().optional(),
  action_reason: z.string().optional(),
  change: z.object({
    actions: z.array(action),
    /** The values of the state; null for a new resource. */
    before: z.unknown().optional(),
    /** The planned values, without the unknown ones; null for a deleted resource. */
    after: z.unknown().optional(),
    /** True in place of each value that is known after the apply only. */
    after_unknown: z.unknown().optional(),
    replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).default([]),
  }),
});

const outputs = z.record(z.string(), z.object({ value: z.unknown() })).default({});

const outputChange = z.object({
  actions: z.array(action),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  after_unknown: z.unknown().optional(),
  before_sensitive: z.unknown().optional(),
  after_sensitive: z.unknown().optional(),
});

/** https://developer.hashicorp.com/terraform/internals/json-format#plan-representation */
const planShape = z.object({
  errored: z.boolean().default(false),
  resource_changes: z.array(resourceChange).default([]),
  output_changes: z.record(z.string(), outputChange).default({}),
  /** The state before the plan. */
  prior_state: z.object({ values: z.object({ outputs }).prefault({}) }).prefault({}),
});

/** A plan in the format of `terraform show -json`. */
export type Plan = z.output<typeof planShape>;

/** A resource of a plan, and its planned actions. */
export type ResourceChange = z.output<typeof resourceChange>;

/** An output of a plan, and its planned change. */
export type OutputChange = z.output<typeof outputChange>;

/** The address, with the key of a deposed object. */
export function nameOf({ address, deposed }: ResourceChange): string {
  return deposed === undefined ? address : `${address} (deposed object ${deposed})`;
}

const format = z.object({ format_version: z.string(), planned_values: z.unknown() });
const supportedMajor = "1";
const remedy = () => `write it with: ${programNameIn(process.env)} show -json <plan file> > plan.json`;

/**
 * Reads a plan from a file.
 *
 * @throws ToolError when the file does not contain a plan that can be applied
 */
export function readPlan(file: string): Plan {
  return planOf(parse(file), file);
}

/**
 * Validates a plan.
 *
 * @param file name of the plan in messages
 * @throws ToolError when it is not a plan that can be applied
 */
export function planOf(json: unknown, file: string): Plan {
  const { success, data: header } = format.safeParse(json);
  if (!success || header.planned_values === undefined)
    throw new ToolError(`${file} is not a Terraform plan; ${remedy()}`);
  const [major] = header.format_version.split(".");
  if (major !== supportedMajor) {
    throw new ToolError(
      `${file} has format_version ${header.format_version}, and only ${supportedMajor}.x is supported; update this project, or use an older Terraform`,
    );
  }
  const plan = planShape.safeParse(json);
  if (!plan.success) {
    const [issue] = plan.error.issues;
    throw new ToolError(
      `${file} has an unexpected ${issue?.path.join(".") ?? "field"} (${issue?.message ?? ""}); ${remedy()}`,
    );
  }
  if (plan.data.errored)
    throw new ToolError(
      `${file} is a failed plan; correct the errors of ${programNameIn(process.env)} plan, and plan again`,
    );
  return plan.data;
}

function parse(file: string): unknown {
  const text = read(file);
  try {
    return JSON.parse(text);
  } catch {
    throw new ToolError(`${file} is not JSON; ${remedy()}`);
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new ToolError(`${file} cannot be read (${String(error).replace("Error: ", "")}); ${remedy()}`);
  }
}
