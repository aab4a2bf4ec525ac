import {
  ClientException,
  DescribeTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  type Tag,
  type TaskDefinition,
} from "@aws-sdk/client-ecs";
import { ToolError } from "../../../lib/toolchain";
import { callAws, type Clients } from "../../../lib/aws";

type Ecs = Pick<Clients, "ecs">;

/**
 * Registers the newest definition of a family once more, with another image for one container; resolves to its ARN.
 *
 * @throws ToolError when the family was never applied, or lacks the container
 */
export async function registerWithImage(
  { ecs }: Ecs,
  family: string,
  container: string,
  image: string,
): Promise<string> {
  const describe = new DescribeTaskDefinitionCommand({ taskDefinition: family, include: ["TAGS"] });
  const answer = ecs.send(describe).catch((error: unknown) => {
    if (!(error instanceof ClientException)) throw error;
    throw new ToolError(`there is no task definition ${family}; apply the infrastructure first`);
  });
  const { taskDefinition, tags } = await callAws("ecs:DescribeTaskDefinition", answer);
  if (taskDefinition?.containerDefinitions?.some(({ name }) => name === container) !== true) {
    throw new ToolError(`the task definition ${family} has no container ${container}; apply the infrastructure first`);
  }
  const register = new RegisterTaskDefinitionCommand(copyOf(taskDefinition, tags, container, image));
  const registered = await callAws("ecs:RegisterTaskDefinition", ecs.send(register));
  return registered.taskDefinition?.taskDefinitionArn ?? family;
}

/** All of a definition that ECS takes; what it adds by itself would be refused. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html */
export function copyOf(
  definition: TaskDefinition,
  tags: readonly Tag[] = [],
  container: string,
  image: string,
): RegisterTaskDefinitionCommandInput {
  const { family, containerDefinitions = [] } = definition;
  const { taskRoleArn, executionRoleArn, networkMode, volumes, cpu, memory } = definition;
  const { requiresCompatibilities, ephemeralStorage, runtimePlatform, pidMode, enableFaultInjection } = definition;
  return {
    family,
    taskRoleArn,
    executionRoleArn,
    networkMode,
    volumes,
    cpu,
    memory,
    requiresCompatibilities,
    ephemeralStorage,
    runtimePlatform,
    pidMode,
    enableFaultInjection,
    containerDefinitions: containerDefinitions.map((each) => (each.name === container ? { ...each, image } : each)),
    ...(tags.length > 0 && { tags: [...tags] }),
  };
}
