import type { Scope } from "../../models/aws";
import { list, objects, text, type JsonObject } from "../../wire/json";
import type { RoutingContext } from "../context";
import type { ContainerTask } from "./container";

/** A task of a service that has not ended. */
export interface LiveTask extends ContainerTask {
  /** ARN of its cluster. */
  readonly cluster: string;
  readonly serviceName: string;
  /** Whether target groups have it already. */
  readonly isRegistered: boolean;
}

// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html
const describedAtOnce = 100;

/** The tasks of all services that have not ended, also of those that are deleted. */
export async function liveTasks(context: RoutingContext, scope: Scope): Promise<readonly LiveTask[]> {
  const { reader } = context;
  const { clusterArns } = await reader.ask(scope, "ecs", "ListClusters");
  const found: LiveTask[] = [];
  for (const cluster of list(clusterArns)) {
    const running = await reader.ask(scope, "ecs", "ListTasks", { cluster });
    const stopped = await reader.ask(scope, "ecs", "ListTasks", { cluster, desiredStatus: "STOPPED" });
    const arns = [...list(running.taskArns), ...list(stopped.taskArns)];
    for (let start = 0; start < arns.length; start += describedAtOnce) {
      const input = { cluster, tasks: arns.slice(start, start + describedAtOnce) };
      const { tasks } = await reader.ask(scope, "ecs", "DescribeTasks", input);
      const ofServices = objects(tasks).filter(({ group }) => text(group).startsWith("service:"));
      found.push(
        ...ofServices.filter(({ lastStatus }) => lastStatus !== "STOPPED").map((task) => liveTask(context, task)),
      );
    }
  }
  return found;
}

function liveTask({ time }: RoutingContext, task: JsonObject): LiveTask {
  const { registrationSeconds = 0, clock = Date.now } = time;
  const details = objects(task.attachments).flatMap((attachment) => objects(attachment.details));
  return {
    cluster: text(task.clusterArn),
    serviceName: text(task.group).replace("service:", ""),
    address: text(details.find(({ name }) => name === "privateIPv4Address")?.value),
    isDraining: task.desiredStatus === "STOPPED",
    isRegistered: (Number(task.startedAt) + registrationSeconds) * 1000 <= clock(),
  };
}
