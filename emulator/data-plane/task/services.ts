import type { Scope } from "../../models/aws";
import { object, objects, text, type JsonObject } from "../../wire/json";
import type { DataPlaneContext, RoutingContext } from "../context";
import type { Container, ContainerTask, ServiceContainer } from "./container";
import { liveTasks, type LiveTask } from "./live-tasks";

// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html
const describedAtOnce = 10;

/** The containers that are registered with a target group: those of the services that refer to it. */
export async function containersOfTargetGroup(
  context: RoutingContext,
  scope: Scope,
  arn: string,
): Promise<readonly ServiceContainer[]> {
  return containersOf(context, scope, ({ loadBalancers }) =>
    objects(loadBalancers).find(({ targetGroupArn }) => targetGroupArn === arn),
  );
}

/** The containers that a Cloud Map service has as instances. */
export async function containersOfRegistry(
  context: RoutingContext,
  scope: Scope,
  arn: string,
): Promise<readonly ServiceContainer[]> {
  return containersOf(context, scope, ({ serviceRegistries }) =>
    objects(serviceRegistries).find(({ registryArn }) => registryArn === arn),
  );
}

/**
 * The container of a service that a target group or a Cloud Map service may have; of a service without them, the first
 * essential one that runs on this machine.
 */
export async function containerOf(
  context: RoutingContext & Pick<DataPlaneContext, "tasks">,
  scope: Scope,
  service: JsonObject,
): Promise<ServiceContainer> {
  const [reference] = [...objects(service.loadBalancers), ...objects(service.serviceRegistries)];
  if (reference) return container(context, scope, service, reference, []);
  const { containerDefinitions } = await taskDefinitionOf(context, scope, service);
  const worker = objects(containerDefinitions).find(
    (definition) => definition.essential !== false && context.tasks.runs({ definition }),
  );
  const found = await container(context, scope, service, { containerName: worker?.name }, []);
  return { ...found, receivesRequests: false };
}

/** Whether a container receives new requests: those that drain do not. */
export function receivesRequests({ tasks }: ServiceContainer): boolean {
  return tasks.some(({ isDraining }) => !isDraining);
}

async function containersOf(
  context: RoutingContext,
  scope: Scope,
  referenceOf: (service: JsonObject) => JsonObject | undefined,
): Promise<readonly ServiceContainer[]> {
  const found: ServiceContainer[] = [];
  const tasks = await liveTasks(context, scope);
  for (const service of await servicesOf(context, scope, tasks)) {
    const reference = referenceOf(service);
    const own = tasks.filter((task) => task.serviceName === service.serviceName && task.cluster === service.clusterArn);
    const registered = own.filter(({ isRegistered }) => isRegistered);
    if (!reference || registered.length === 0) continue;
    found.push(await container(context, scope, service, reference, registered));
  }
  return found;
}

/** The services of some tasks: ECS lists none that drains. */
async function servicesOf(
  { reader }: RoutingContext,
  scope: Scope,
  tasks: readonly LiveTask[],
): Promise<readonly JsonObject[]> {
  const found: JsonObject[] = [];
  for (const cluster of new Set(tasks.map((task) => task.cluster))) {
    const ofCluster = tasks.filter((task) => task.cluster === cluster);
    const names = [...new Set(ofCluster.map(({ serviceName }) => serviceName))];
    for (let start = 0; start < names.length; start += describedAtOnce) {
      const services = names.slice(start, start + describedAtOnce);
      found.push(...(await reader.all(scope, "ecs", "DescribeServices", "services", { cluster, services })));
    }
  }
  return found;
}

async function container(
  context: RoutingContext,
  scope: Scope,
  service: JsonObject,
  { containerName, containerPort, port }: JsonObject,
  tasks: readonly ContainerTask[],
): Promise<ServiceContainer> {
  const { containerDefinitions, taskRoleArn, executionRoleArn } = await taskDefinitionOf(context, scope, service);
  const definitions = objects(containerDefinitions);
  // A service registry of type A names neither container nor port.
  const definition = definitions.find(({ name }) => name === containerName) ?? definitions[0] ?? {};
  const mapped = objects(definition.portMappings)[0]?.containerPort;
  return {
    scope,
    serviceArn: text(service.serviceArn),
    clusterArn: text(service.clusterArn),
    name: text(service.serviceName),
    taskDefinitionArn: text(service.taskDefinition),
    definition,
    receivesRequests: true,
    port: Number(containerPort ?? port ?? mapped),
    ...rolesOf({ taskRoleArn, executionRoleArn }),
    tasks,
  };
}

/** The roles of a task definition. */
export function rolesOf({
  taskRoleArn,
  executionRoleArn,
}: JsonObject): Pick<Container, "taskRoleArn" | "executionRoleArn"> {
  return {
    ...(text(taskRoleArn) !== "" && { taskRoleArn: text(taskRoleArn) }),
    ...(text(executionRoleArn) !== "" && { executionRoleArn: text(executionRoleArn) }),
  };
}

async function taskDefinitionOf({ reader }: RoutingContext, scope: Scope, service: JsonObject): Promise<JsonObject> {
  const input = { taskDefinition: service.taskDefinition };
  return object((await reader.ask(scope, "ecs", "DescribeTaskDefinition", input)).taskDefinition);
}
