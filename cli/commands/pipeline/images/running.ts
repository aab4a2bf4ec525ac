import {
  ClientException,
  ClusterNotFoundException,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import type { StageConfig } from "../../../../schema";
import { clusterName, imageVariable, serviceName, taskFamily } from "../../../../stacks/naming";
import { callAws, type Clients } from "../../../lib/aws";
import { builtServices } from "./built";

type Ecs = Pick<Clients, "ecs">;
type Place = Pick<StageConfig, "app" | "stage" | "region" | "services">;

/**
 * The images that a stage's services run now, by the variable that brings each; what does not run yet has none. An image
 * that the stage file names stays the stage file's.
 *
 * @param chosen variables of the environment, which win
 */
export async function runningImages(
  clients: Ecs,
  stage: Place,
  chosen: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Readonly<Record<string, string>>> {
  const images: Record<string, string> = {};
  for (const { name, users } of builtServices(stage)) {
    const variable = imageVariable(name);
    if (chosen[`TF_VAR_${variable}`]) continue;
    const image = await firstImage(clients, stage, users);
    if (image !== undefined) images[variable] = image;
  }
  return images;
}

/** The image of a service, or of the newest definition of a job, whose next start uses it. */
export async function runningImage({ ecs }: Ecs, stage: Place, name: string): Promise<string | undefined> {
  const isJob = stage.services[name]?.kind === "job";
  const taskDefinition = isJob ? taskFamily(stage, name) : await definitionOf({ ecs }, stage, name);
  if (taskDefinition === undefined) return undefined;
  const answer = ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition })).catch((error: unknown) => {
    // ECS's answer for a family that was never registered.
    if (error instanceof ClientException && isJob) return undefined;
    throw error;
  });
  const containers = (await callAws("ecs:DescribeTaskDefinition", answer))?.taskDefinition?.containerDefinitions;
  return containers?.find((container) => container.name === name)?.image;
}

async function firstImage(clients: Ecs, stage: Place, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    const image = await runningImage(clients, stage, name);
    if (image !== undefined) return image;
  }
  return undefined;
}

async function definitionOf({ ecs }: Ecs, stage: Place, name: string): Promise<string | undefined> {
  const command = new DescribeServicesCommand({ cluster: clusterName(stage), services: [serviceName(stage, name)] });
  const answer = ecs.send(command).catch((error: unknown) => {
    if (error instanceof ClusterNotFoundException) return { services: [] };
    throw error;
  });
  const { services = [] } = await callAws("ecs:DescribeServices", answer);
  return services.find(({ status }) => status === "ACTIVE")?.taskDefinition;
}
