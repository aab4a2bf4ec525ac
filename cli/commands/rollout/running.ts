import type { Observation } from "./observation";
import { revisionOf } from "./revision";

/** A revision that has running tasks. */
export interface Running {
  readonly revision: string;
  readonly images: readonly string[];
  readonly running: number;
  readonly desired: number;
}

/** What runs at the moment, the revision that ECS works towards first. */
export function runningOf({ service, tasks }: Observation): Running[] {
  return (service.deployments ?? [])
    .map(({ taskDefinition, runningCount = 0, desiredCount = 0 }) => ({
      revision: revisionOf(taskDefinition),
      images: imagesOf(tasks.filter((task) => task.taskDefinitionArn === taskDefinition)),
      running: runningCount,
      desired: desiredCount,
    }))
    .filter(({ running }) => running > 0);
}

function imagesOf(tasks: Observation["tasks"]): string[] {
  const images = tasks
    .filter(({ lastStatus }) => lastStatus === "RUNNING")
    .flatMap(({ containers = [] }) => containers.flatMap(({ image }) => (image === undefined ? [] : [image])));
  return [...new Set(images)];
}
