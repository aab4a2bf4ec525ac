import type { AwsRequest, Forward } from "../../proxy/gap";
import { list, object, objects, parseJson, pick, text, type JsonObject } from "../../wire/json";
import { isSuccess } from "../../wire/reply";
import { operation } from "./forward";
import { isListed, isNamed } from "./listed-tasks";
import type { ServiceTask, ServiceTasks } from "./service-tasks";

const seconds = (milliseconds: number): number => milliseconds / 1000;

/** The ARNs of the tasks of services that a ListTasks asks for. */
export function listedTasks(tasks: ServiceTasks, request: AwsRequest): readonly string[] {
  const input = parseJson(request.body);
  return tasks
    .all(request)
    .filter((task) => isListed(input, { ...task, desiredStatus: desiredStatusOf(task) }))
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
    const name = named.find((each) => isNamed(task.arn, each));
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
  const { stoppingAt, startedAt, networkInterface, stoppedByUser } = task;
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
      stopCode: stoppedByUser === undefined ? "ServiceSchedulerInitiated" : "UserInitiated",
      stoppedReason: stoppedByUser ?? `Scaling activity initiated by (deployment ${task.startedBy})`,
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
