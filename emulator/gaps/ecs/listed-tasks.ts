import { text, type JsonObject } from "../../wire/json";

/** What a ListTasks filters tasks by. */
export interface ListedTask {
  readonly clusterArn: string;
  readonly taskDefinitionArn: string;
  /** @default - it is a standalone task */
  readonly serviceName?: string;
  readonly startedBy: string;
  readonly launchType: string;
  readonly desiredStatus: string;
}

/**
 * Whether a ListTasks with this input returns a task.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html
 */
export function isListed(input: JsonObject, task: ListedTask): boolean {
  const { cluster, serviceName, family, startedBy, launchType, desiredStatus = "RUNNING" } = input;
  return (
    nameOf(task.clusterArn) === (nameOf(text(cluster)) || "default") &&
    (serviceName === undefined || task.serviceName === nameOf(text(serviceName))) &&
    (family === undefined || nameOf(task.taskDefinitionArn).split(":")[0] === family) &&
    (startedBy === undefined || task.startedBy === startedBy) &&
    (launchType === undefined || task.launchType === launchType) &&
    task.desiredStatus === desiredStatus
  );
}

/** What ListTasks filters a task by, from its description. */
export function listedTask(task: JsonObject): ListedTask {
  const group = text(task.group);
  return {
    clusterArn: text(task.clusterArn),
    taskDefinitionArn: text(task.taskDefinitionArn),
    serviceName: group.startsWith("service:") ? group.replace("service:", "") : undefined,
    startedBy: text(task.startedBy),
    launchType: text(task.launchType),
    desiredStatus: text(task.desiredStatus),
  };
}

/** Whether a call names a task, by its ARN or its id. */
export function isNamed(taskArn: string, nameOrArn: string): boolean {
  return taskArn === nameOrArn || taskArn.endsWith(`/${nameOrArn}`);
}

/** The last part of an ARN, or the name itself. */
export function nameOf(nameOrArn: string): string {
  return nameOrArn.split("/").at(-1) ?? "";
}
