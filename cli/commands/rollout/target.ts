import { stackName, type StageConfig, type WebConfig, type WorkerConfig } from "../../../schema";
import { clusterName, logGroupName, serviceName } from "../../../stacks/naming";
import { ToolError } from "../../lib/tool-error";

/** One service whose rollout is judged. */
export interface Target {
  readonly stack: string;
  readonly region: string;
  /** Name in the stage file. */
  readonly name: string;
  readonly config: WebConfig | WorkerConfig;
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
  // A job has no service of ECS: it is rolled out as soon as its next start is defined.
  const running = Object.entries(stage.services).flatMap(([name, config]) =>
    config.kind === "job" ? [] : [{ name, config }],
  );
  if (service !== undefined && !running.some(({ name }) => name === service)) {
    const names = running.map(({ name }) => name).join(", ");
    throw new ToolError(`${stack} has no service "${service}" that goes on running; choose one of ${names}`);
  }
  return running
    .filter(({ name }) => service === undefined || name === service)
    .map(({ name, config }) => ({
      stack,
      region: stage.region,
      name,
      config,
      cluster: clusterName(stage),
      service: serviceName(stage, name),
      logGroup: logGroupName(stage, name),
    }));
}
