import { serves, stackName, type BootstrapConfig, type StageConfig } from "../../../config";
import { productionEnvironments } from "../../../config/production";
import { protections } from "../stack/protection";
import { rolesFor } from "./roles";
import type { PipelineStack } from "./stack";

/** What the pipeline needs to know of every stage. */
export function pipelineStacks(
  stages: readonly StageConfig[],
  bootstraps: readonly BootstrapConfig[],
): readonly PipelineStack[] {
  return stages.map((stage) => {
    const services = Object.values(stage.services);
    const bootstrap = bootstraps.find((candidate) => serves(candidate, stage));
    const waitsForPerson = productionEnvironments.includes(stage.environment);
    return {
      name: stackName(stage),
      environment: stage.environment,
      region: stage.region,
      waitsForPerson,
      isShortLived: protections(stage).length === 0,
      buildsImages: services.some(({ image }) => image === undefined),
      migrates: services.some((service) => service.kind !== "job" && "migrate" in service.tasks),
      roles: bootstrap && rolesFor(bootstrap, stage),
      deploysFrom: bootstrap?.deploysFrom[stage.environment] ?? { branches: ["main"], tags: [] },
    };
  });
}
