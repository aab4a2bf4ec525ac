import type { Scope } from "../../models/aws";
import { object, objects, text, type JsonObject } from "../../wire/json";
import type { RoutingContext } from "../context";
import type { ContainerTask, ServiceContainer } from "./container";
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

/** The container of a service that a target group or a Cloud Map service may have; undefined when none does. */
export async function containerOf(
  context: RoutingContext,
  scope: Scope,
  service: JsonObject,
): Promise<ServiceContainer | undefined> {
  const [reference] = [...objects(service.loadBalancers), ...objects(service.serviceRegistries)];
  return reference && container(context, scope, service, reference, []);
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
  { reader }: RoutingContext,
  scope: Scope,
  service: JsonObject,
  { containerName, containerPort, port }: JsonObject,
  tasks: readonly ContainerTask[],
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
    tasks,
  };
}
