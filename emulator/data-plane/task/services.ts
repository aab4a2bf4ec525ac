import type { Scope } from "../../models/aws";
import { list, object, objects, text, type JsonObject } from "../../wire/json";
import type { Reader } from "../reader";

/** A container that can run as a local process. */
export interface Container {
  readonly scope: Scope;
  /** Name of the service, or of the family of a standalone task. */
  readonly name: string;
  /** Definition of the container; an empty object when the task definition has none of the name. */
  readonly definition: JsonObject;
  /** @default - the task has no role */
  readonly taskRoleArn?: string;
}

/** The container of an ECS service that receives requests. */
export interface ServiceContainer extends Container {
  readonly serviceArn: string;
  readonly taskDefinitionArn: string;
  readonly port: number;
  readonly subnets: readonly string[];
  readonly desiredCount: number;
}

// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html
const describedAtOnce = 10;

/** The containers that receive the requests of a target group: those of the services that refer to it. */
export async function containersOfTargetGroup(
  reader: Reader,
  scope: Scope,
  arn: string,
): Promise<readonly ServiceContainer[]> {
  return containersOf(reader, scope, ({ loadBalancers }) =>
    objects(loadBalancers).find(({ targetGroupArn }) => targetGroupArn === arn),
  );
}

/** The containers that a Cloud Map service has as instances. */
export async function containersOfRegistry(
  reader: Reader,
  scope: Scope,
  arn: string,
): Promise<readonly ServiceContainer[]> {
  return containersOf(reader, scope, ({ serviceRegistries }) =>
    objects(serviceRegistries).find(({ registryArn }) => registryArn === arn),
  );
}

async function containersOf(
  reader: Reader,
  scope: Scope,
  referenceOf: (service: JsonObject) => JsonObject | undefined,
): Promise<readonly ServiceContainer[]> {
  const found: ServiceContainer[] = [];
  for (const service of await activeServices(reader, scope)) {
    const reference = referenceOf(service);
    if (reference && Number(service.desiredCount) > 0) found.push(await container(reader, scope, service, reference));
  }
  return found;
}

async function activeServices(reader: Reader, scope: Scope): Promise<readonly JsonObject[]> {
  const { clusterArns } = await reader.ask(scope, "ecs", "ListClusters");
  const found: JsonObject[] = [];
  for (const cluster of list(clusterArns)) {
    const { serviceArns } = await reader.ask(scope, "ecs", "ListServices", { cluster, maxResults: 100 });
    const arns = list(serviceArns);
    for (let start = 0; start < arns.length; start += describedAtOnce) {
      const services = arns.slice(start, start + describedAtOnce);
      found.push(...(await reader.all(scope, "ecs", "DescribeServices", "services", { cluster, services })));
    }
  }
  return found.filter(({ status }) => status === "ACTIVE");
}

async function container(
  reader: Reader,
  scope: Scope,
  service: JsonObject,
  { containerName, containerPort, port }: JsonObject,
): Promise<ServiceContainer> {
  const taskDefinitionArn = text(service.taskDefinition);
  const output = await reader.ask(scope, "ecs", "DescribeTaskDefinition", { taskDefinition: taskDefinitionArn });
  const { containerDefinitions, taskRoleArn } = object(output.taskDefinition);
  const definitions = objects(containerDefinitions);
  // A service registry of type A names neither container nor port.
  const definition = definitions.find(({ name }) => name === containerName) ?? definitions[0] ?? {};
  const mapped = objects(definition.portMappings)[0]?.containerPort;
  return {
    scope,
    serviceArn: text(service.serviceArn),
    name: text(service.serviceName),
    taskDefinitionArn,
    definition,
    port: Number(containerPort ?? port ?? mapped),
    ...(text(taskRoleArn) !== "" && { taskRoleArn: text(taskRoleArn) }),
    subnets: list(object(object(service.networkConfiguration).awsvpcConfiguration).subnets).map(text),
    desiredCount: Number(service.desiredCount),
  };
}
