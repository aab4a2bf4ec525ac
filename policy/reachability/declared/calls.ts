import { webServices, type StageConfig } from "../../../schema";
import type { Flow } from "./flow";

/** What no resource shows: which services of a stage call which others. */
export function flowsOfCalls(stage: StageConfig): readonly Flow[] {
  const ports = new Map(webServices(stage).map(([name, { port }]) => [name, port]));
  return Object.entries(stage.services).flatMap(([name, { kind, calls }]) =>
    calls.map((called): Flow => {
      const port = ports.get(called) ?? Number.NaN;
      return {
        from: tasksOf(name, kind),
        to: tasksOf(called, "web"),
        port,
        because: `calls ${called}`,
        required: true,
      };
    }),
  );
}

function tasksOf(name: string, kind: string): string {
  return kind === "job"
    ? `aws_scheduler_schedule.services_${name}_schedule`
    : `aws_ecs_service.services_${name}_service`;
}
