import { stackName, type StageConfig } from "../../config";
import type { EmulatorOptions } from ".";

/** The emulated AWS in which the stages can be deployed: the account and region of one, what all need before. */
export function optionsFor(stages: readonly StageConfig[], stack?: string): EmulatorOptions {
  const stage = stack === undefined ? stages[0] : stages.find((candidate) => stackName(candidate) === stack);
  if (!stage) throw new Error(`there is no stack "${stack ?? ""}"; choose one of ${stages.map(stackName).join(", ")}`);
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
