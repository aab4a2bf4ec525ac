import { webServices, type StageConfig } from "../../schema";
import { serviceOf } from "../stage-fields";
import type { SynthesizedStack } from "../terraform/stack";

/** A TCP connection between two endpoints that a stage declares. */
export interface Connection {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  /** What the connection is for. */
  readonly reason: string;
  /** False for a connection that may be allowed but need not be. */
  readonly required: boolean;
}

/** Connections between services, which only the `calls` of the stage file declare. */
export function connectionsOfCalls(stage: StageConfig, stack: SynthesizedStack): readonly Connection[] {
  const ports = new Map(webServices(stage).map(([name, { port }]) => [name, port]));
  return Object.entries(stage.services).flatMap(([name, { calls }]) =>
    calls.flatMap((called) =>
      tasksOf(stage, stack, name).flatMap((from) =>
        tasksOf(stage, stack, called).map((to): Connection => {
          return { from, to, port: ports.get(called) ?? Number.NaN, reason: `calls ${called}`, required: true };
        }),
      ),
    ),
  );
}

/** Addresses of what starts the tasks of a service: its ECS service, or its schedule. */
function tasksOf(stage: StageConfig, stack: SynthesizedStack, service: string): readonly string[] {
  return stack
    .all("aws_ecs_service", "aws_scheduler_schedule")
    .map(({ address }) => address)
    .filter((address) => serviceOf(stage, address)?.name === service);
}
