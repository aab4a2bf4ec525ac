import type { Service, ServiceDeployment } from "@aws-sdk/client-ecs";
import type { Observation } from "../observation";
import { primaryOf } from "../phase";
import type { Target } from "../target";
import type { Clients } from "./clients";
import { describeService } from "./service";
import { newestServiceDeployment } from "./service-deployment";
import { tasksOf } from "./tasks";

/**
 * Asks AWS once for all that a verdict needs.
 *
 * @throws ToolError when the service does not exist, or AWS does not answer
 */
export async function observe(clients: Pick<Clients, "ecs">, target: Target, at: Date): Promise<Observation> {
  // The deployment first: a service that is seen later cannot be behind it.
  const { deployment, note } = await newestServiceDeployment(clients, target);
  const service = await describeService(clients, target);
  const isCurrent = deployment && !isOver(deployment, service);
  const tasks = await tasksOf(clients, target);
  return {
    at,
    service,
    deployment: isCurrent ? deployment : undefined,
    tasks,
    notes: note === undefined ? [] : [note],
  };
}

/** Whether the service has begun another deployment since, which the list of them does not show yet. */
function isOver({ finishedAt, stoppedAt }: ServiceDeployment, service: Service): boolean {
  const began = primaryOf(service)?.createdAt;
  const ended = finishedAt ?? stoppedAt;
  return began !== undefined && ended !== undefined && began > ended;
}
