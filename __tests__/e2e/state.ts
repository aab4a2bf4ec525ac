import { z } from "zod";
import type { Sandbox } from "./sandbox";

const state = z.object({
  values: z.object({
    root_module: z.object({
      resources: z.array(
        z.object({
          address: z.string(),
          mode: z.string(),
          type: z.string(),
          values: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
  }),
});

/** A resource as AWS gave it back. */
export type Applied = z.output<typeof state>["values"]["root_module"]["resources"][number];

/** Every resource that a stack holds. */
export async function appliedResources(sandbox: Sandbox, stack: string): Promise<readonly Applied[]> {
  const shown = state.parse(JSON.parse(await sandbox.terraform(stack, ["show", "-json"])));
  return shown.values.root_module.resources.filter(({ mode }) => mode === "managed");
}
