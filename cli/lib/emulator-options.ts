import type { StageConfig } from "../../schema";
import { stageOfStack } from "./chosen";
import { ToolError } from "./toolchain";
import type { EmulatorOptions } from "emulated-aws";

/** The emulated AWS in which the stages can be deployed: the account and region of one, what all need before. */
export function optionsFor(stages: readonly StageConfig[], stack?: string): EmulatorOptions {
  const stage = stack === undefined ? stages[0] : stageOfStack(stages, stack);
  if (!stage) throw new ToolError("there is no stage to deploy; add config/<env>/<stage>/<region>-<stage>.ts");
  const buckets = new Map(
    stages.flatMap(({ state }) =>
      state.backend === "s3" ? [[state.bucket, { name: state.bucket, region: state.region }]] : [],
    ),
  );
  const hostedZones = new Set(stages.flatMap(({ ingress: { domain } }) => (domain ? [domain.hostedZone] : [])));
  return {
    accountId: stage.accountId,
    region: stage.region,
    buckets: [...buckets.values()],
    hostedZones: [...hostedZones],
  };
}
