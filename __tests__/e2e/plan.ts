import { z } from "zod";
import type { Sandbox } from "./sandbox";

const planSchema = z.object({
  resource_changes: z
    .array(z.object({ address: z.string(), change: z.object({ actions: z.array(z.string()) }) }))
    .default([]),
});

/** Throws a plan that finds something to do. */
export async function expectNoChanges(sandbox: Sandbox, stack: string, variables = {}): Promise<void> {
  const output = await sandbox.terraform(stack, ["plan", "-detailed-exitcode", "-input=false"], variables);
  expect(output).toContain("No changes.");
}

/** The name of the file with what was planned last. */
export const planFile = "changes.tfplan";

/** What a plan would do, as `<actions> <address>` lines. */
export async function plannedChanges(sandbox: Sandbox, stack: string, variables = {}): Promise<string[]> {
  await sandbox.terraform(stack, ["plan", `-out=${planFile}`, "-input=false"], variables);
  const shown = await sandbox.terraform(stack, ["show", "-json", planFile]);
  return planSchema
    .parse(JSON.parse(shown))
    .resource_changes.map(({ address, change }) => `${change.actions.join("/")} ${address}`)
    .filter((line) => !line.startsWith("no-op") && !line.startsWith("read"))
    .sort();
}

/** Does what was planned last. */
export async function applyPlanned(sandbox: Sandbox, stack: string): Promise<void> {
  await sandbox.terraform(stack, ["apply", "-input=false", planFile]);
}
