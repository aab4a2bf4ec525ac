import {
  ClientException,
  ClusterNotFoundException,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import type { StageConfig } from "../../../schema";
import { clusterName, imageVariable, serviceName, taskFamily } from "../../../stacks/naming";
import { callAws, type Clients } from "../../lib/aws";
import { builtServices } from "../../lib/built-services";
import type { Environment } from "../../lib/run";

type Ecs = Pick<Clients, "ecs">;
type Stage = Pick<StageConfig, "app" | "stage" | "region" | "services">;

/**
 * The images that the services of a stage run, by Terraform variable, without services that do not run yet and images that
 * the stage file names.
 *
 * @param environment whose TF_VAR variables take precedence
 */
export async function runningImages(
  clients: Ecs,
  stage: Stage,
  environment: Environment = process.env,
): Promise<Readonly<Record<string, string>>> {
  const images: Record<string, string> = {};
  for (const { name, users } of builtServices(stage)) {
    const variable = imageVariable(name);
    if (environment[`TF_VAR_${variable}`]) continue;
    const image = await firstImage(clients, stage, users);
    if (image !== undefined) images[variable] = image;
  }
  return images;
}

/** The image of a service, or of the newest task definition of a job. */
export async function runningImage({ ecs }: Ecs, stage: Stage, name: string): Promise<string | undefined> {
  const isJob = stage.services[name]?.kind === "job";
  const taskDefinition = isJob ? taskFamily(stage, name) : await taskDefinitionOf({ ecs }, stage, name);
  if (taskDefinition === undefined) return undefined;
  const output = ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition })).catch((error: unknown) => {
    // ECS returns this error for a family without task definitions.
    if (error instanceof ClientException && isJob) return undefined;
    throw error;
  });
  const containers = (await callAws("ecs:DescribeTaskDefinition", output))?.taskDefinition?.containerDefinitions;
  return containers?.find((container) => container.name === name)?.image;
}

async function firstImage(clients: Ecs, stage: Stage, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    const image = await runningImage(clients, stage, name);
    if (image !== undefined) return image;
  }
  return undefined;
}

async function taskDefinitionOf({ ecs }: Ecs, stage: Stage, name: string): Promise<string | undefined> {
  const command = new DescribeServicesCommand({ cluster: clusterName(stage), services: [serviceName(stage, name)] });
  const output = ecs.send(command).catch((error: unknown) => {
    if (error instanceof ClusterNotFoundException) return { services: [] };
    throw error;
  });
  const { services = [] } = await callAws("ecs:DescribeServices", output);
  return services.find(({ status }) => status === "ACTIVE")?.taskDefinition;
}
