import { stackName, type ServiceConfig, type StageConfig } from "../../config";
import { clusterName, logGroupName, serviceName } from "../../stacks/naming";
import { ToolError } from "../toolchain";

/** One service whose rollout is judged. */
export interface Target {
  readonly stack: string;
  readonly region: string;
  /** Name in the stage file. */
  readonly name: string;
  readonly config: ServiceConfig;
  readonly cluster: string;
  /** Name in ECS. */
  readonly service: string;
  readonly logGroup: string;
}

/**
 * The services of a stage, or the one that was asked for.
 *
 * @throws ToolError that lists the services when the stage has none of this name
 */
export function chooseTargets(stage: StageConfig, service?: string): Target[] {
  const stack = stackName(stage);
  const names = Object.keys(stage.services);
  if (service !== undefined && !names.includes(service)) {
    throw new ToolError(`${stack} has no service "${service}"; choose one of ${names.join(", ")}`);
  }
  return Object.entries(stage.services)
    .filter(([name]) => service === undefined || name === service)
    .map(([name, config]) => ({
      stack,
      region: stage.region,
      name,
      config,
      cluster: clusterName(stage),
      service: serviceName(stage, name),
      logGroup: logGroupName(stage, name),
    }));
}
