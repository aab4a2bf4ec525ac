import { productionEnvironments, serves, stackName, type AccountConfig, type StageConfig } from "../../../../schema";
import { protections } from "../stack/protection";
import { rolesFor } from "./roles";
import type { PipelineStack } from "./stack";

/** What the pipeline needs to know of every stage. */
export function pipelineStacks(
  stages: readonly StageConfig[],
  accounts: readonly AccountConfig[],
): readonly PipelineStack[] {
  return stages.map((stage) => {
    const services = Object.values(stage.services);
    const account = accounts.find((candidate) => serves(candidate, stage));
    const waitsForPerson = productionEnvironments.includes(stage.environment);
    return {
      name: stackName(stage),
      environment: stage.environment,
      region: stage.region,
      waitsForPerson,
      isShortLived: protections(stage).length === 0,
      buildsImages: services.some(({ image }) => image === undefined),
      migrates: services.some((service) => service.kind !== "job" && "migrate" in service.tasks),
      roles: account && rolesFor(account, stage),
      deploysFrom: account?.deploysFrom[stage.environment] ?? { branches: ["main"], tags: [] },
    };
  });
}
