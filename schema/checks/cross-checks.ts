import { z } from "zod";

// Rules over several fields. Each reads only the fields it needs, and holds its tongue while they are wrong by
// themselves, so that one run reports every problem of a stage at once.

export type Report = (path: readonly PropertyKey[], message: string, input: unknown) => void;
export type Check = (stage: unknown, report: Report) => void;

/** Makes rules usable by `superRefine`, even while other fields are wrong. */
export function crossChecks(checks: readonly Check[]) {
  const refinement = (stage: unknown, context: z.core.$RefinementCtx) => {
    const report: Report = (path, message, input) => {
      context.addIssue({ code: "custom", path: [...path], message, input });
    };
    for (const check of checks) check(stage, report);
  };
  return [refinement, { when: () => true }] as const;
}

const zonesAndRegion = z.object({ region: z.string(), network: z.object({ zones: z.array(z.string()) }) });

/** Zones belong to the stage's region; Terraform finds out only when it applies. */
export const zonesInRegion: Check = (stage, report) => {
  const { data } = zonesAndRegion.safeParse(stage);
  data?.network.zones.forEach((zone, index) => {
    if (!new RegExp(`^${data.region}[a-h]$`).test(zone)) {
      report(["network", "zones", index], `is no zone of ${data.region}; write zones such as "${data.region}a"`, zone);
    }
  });
};
