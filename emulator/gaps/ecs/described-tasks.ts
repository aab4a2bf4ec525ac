import type { AwsRequest, Forward } from "../../proxy/gap";
import { list, object, objects, parseJson, pick, text, type JsonObject } from "../../wire/json";
import { isSuccess } from "../../wire/reply";
import { operation } from "./forward";
import type { ServiceTask, ServiceTasks } from "./service-tasks";

const seconds = (milliseconds: number): number => milliseconds / 1000;

/** The ARNs of the tasks of services that a ListTasks asks for. */
export function listedTasks(tasks: ServiceTasks, request: AwsRequest): readonly string[] {
  const { cluster, serviceName, family, startedBy, launchType, desiredStatus = "RUNNING" } = parseJson(request.body);
  const clusterName = nameOf(text(cluster)) || "default";
  return tasks
    .all(request)
    .filter((task) => nameOf(task.clusterArn) === clusterName)
    .filter((task) => serviceName === undefined || task.serviceName === nameOf(text(serviceName)))
    .filter((task) => family === undefined || nameOf(task.taskDefinitionArn).split(":")[0] === family)
    .filter((task) => startedBy === undefined || task.startedBy === startedBy)
    .filter((task) => launchType === undefined || task.launchType === launchType)
    .filter((task) => desiredStatusOf(task) === desiredStatus)
    .map(({ arn }) => arn);
}

/** The tasks of services among those that a DescribeTasks names, by their ids or ARNs. */
export async function describedTasks(
  tasks: ServiceTasks,
  request: AwsRequest,
  forward: Forward,
): Promise<ReadonlyMap<string, JsonObject>> {
  const named = list(parseJson(request.body).tasks).map(text);
  const described = new Map<string, JsonObject>();
  const containers = new Map<string, readonly JsonObject[]>();
  for (const task of tasks.all(request)) {
    const name = named.find((each) => each === task.arn || task.arn.endsWith(`/${each}`));
    if (name === undefined) continue;
    const { taskDefinitionArn } = task;
    const known = containers.get(taskDefinitionArn) ?? (await containersOf(forward, taskDefinitionArn));
    containers.set(taskDefinitionArn, known);
    described.set(name, describe(tasks, task, known));
  }
  return described;
}

// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html
function describe(tasks: ServiceTasks, task: ServiceTask, containers: readonly JsonObject[]): JsonObject {
  const lastStatus = tasks.statusOf(task);
  const { stoppingAt, startedAt, networkInterface } = task;
  return {
    taskArn: task.arn,
    clusterArn: task.clusterArn,
    taskDefinitionArn: task.taskDefinitionArn,
    group: `service:${task.serviceName}`,
    startedBy: task.startedBy,
    launchType: task.launchType,
    desiredStatus: desiredStatusOf(task),
    lastStatus,
    connectivity: "CONNECTED",
    createdAt: seconds(startedAt),
    startedAt: seconds(startedAt),
    ...(stoppingAt !== undefined && {
      stoppingAt: seconds(stoppingAt),
      stopCode: "ServiceSchedulerInitiated",
      stoppedReason: `Scaling activity initiated by (deployment ${task.startedBy})`,
    }),
    ...(stoppingAt !== undefined && lastStatus === "STOPPED" && { stoppedAt: seconds(tasks.stoppedAt(stoppingAt)) }),
    attachments: networkInterface
      ? [
          {
            id: networkInterface.attachmentId,
            type: "ElasticNetworkInterface",
            status: "ATTACHED",
            details: [
              { name: "subnetId", value: networkInterface.subnetId },
              { name: "networkInterfaceId", value: networkInterface.id },
              { name: "privateIPv4Address", value: networkInterface.privateIp },
            ],
          },
        ]
      : [],
    containers: containers.map((container) => ({ ...container, taskArn: task.arn, lastStatus })),
  };
}

async function containersOf(forward: Forward, taskDefinition: string): Promise<readonly JsonObject[]> {
  const reply = await forward(operation("DescribeTaskDefinition", { taskDefinition }));
  if (!isSuccess(reply)) return [];
  const { containerDefinitions } = object(parseJson(reply.body).taskDefinition);
  return objects(containerDefinitions).map((definition) => pick(definition, ["name", "image"]));
}

function desiredStatusOf({ stoppingAt }: ServiceTask): string {
  return stoppingAt === undefined ? "RUNNING" : "STOPPED";
}

/** The last part of an ARN, or the name itself. */
function nameOf(nameOrArn: string): string {
  return nameOrArn.split("/").at(-1) ?? "";
}
