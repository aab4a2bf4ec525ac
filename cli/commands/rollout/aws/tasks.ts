import { DescribeTasksCommand, ListTasksCommand, type DesiredStatus, type Task } from "@aws-sdk/client-ecs";
import type { Target } from "../target";
import type { Clients } from "./clients";
import { asked } from "./problem";

/** The running and the stopped tasks of a service, at most 100 of each, which is what one call describes. */
export async function tasksOf(clients: Pick<Clients, "ecs">, target: Target): Promise<Task[]> {
  const running = await tasksOfStatus(clients, target, "RUNNING");
  return [...running, ...(await tasksOfStatus(clients, target, "STOPPED"))];
}

async function tasksOfStatus(
  { ecs }: Pick<Clients, "ecs">,
  { cluster, service }: Target,
  desiredStatus: DesiredStatus,
): Promise<Task[]> {
  const list = new ListTasksCommand({ cluster, serviceName: service, desiredStatus });
  const { taskArns = [] } = await asked("ecs:ListTasks", ecs.send(list));
  if (taskArns.length === 0) return [];
  const describe = new DescribeTasksCommand({ cluster, tasks: taskArns });
  return (await asked("ecs:DescribeTasks", ecs.send(describe))).tasks ?? [];
}
