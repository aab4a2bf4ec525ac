import { ClusterNotFoundException, DescribeServicesCommand, type Service } from "@aws-sdk/client-ecs";
import { ToolError } from "../../../lib/tool-error";
import type { Target } from "../target";
import type { Clients } from "./clients";
import { asked } from "./problem";

/**
 * The service as ECS knows it.
 *
 * @throws ToolError when it was never deployed, or is gone
 */
export async function describeService({ ecs }: Pick<Clients, "ecs">, target: Target): Promise<Service> {
  const { cluster, service, region, stack } = target;
  const remedy = `deploy it first: npx cdktf deploy ${stack}`;
  const answer = ecs.send(new DescribeServicesCommand({ cluster, services: [service] })).catch((error: unknown) => {
    if (!(error instanceof ClusterNotFoundException)) throw error;
    throw new ToolError(`there is no cluster ${cluster} in ${region}; ${remedy}`);
  });
  const { services = [] } = await asked("ecs:DescribeServices", answer);
  // ECS shows a deleted service as INACTIVE for a while.
  const found = services.find(({ status }) => status !== "INACTIVE");
  if (!found) throw new ToolError(`there is no service ${service} in cluster ${cluster} in ${region}; ${remedy}`);
  return found;
}
