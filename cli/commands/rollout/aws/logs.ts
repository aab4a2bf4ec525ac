import { GetLogEventsCommand, ResourceNotFoundException } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeTaskDefinitionCommand, type Task } from "@aws-sdk/client-ecs";
import { stripVTControlCharacters } from "node:util";
import type { LogTail } from "../log-tail";
import { taskIdOf } from "../revision";
import type { Clients } from "./clients";
import { asked } from "./problem";

/** Lines of each container. */
const lineLimit = 20;

/** Where a container writes to. */
type Stream = Omit<LogTail, "lines">;

/** The last lines of a task's containers; of those that never started there are none. */
export async function lastLines(clients: Clients, task: Task): Promise<LogTail[]> {
  const tails = await Promise.all((await streamsOf(clients, task)).map((stream) => tailOf(clients, stream)));
  return tails.filter(({ lines }) => lines.length > 0);
}

/** The task's own revision says where it logs. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html */
async function streamsOf({ ecs }: Clients, { taskDefinitionArn, taskArn }: Task): Promise<Stream[]> {
  const command = new DescribeTaskDefinitionCommand({ taskDefinition: taskDefinitionArn });
  const { taskDefinition } = await asked("ecs:DescribeTaskDefinition", ecs.send(command));
  return (taskDefinition?.containerDefinitions ?? []).flatMap(({ name = "", logConfiguration }) => {
    const { "awslogs-group": group, "awslogs-stream-prefix": prefix } = logConfiguration?.options ?? {};
    if (group === undefined || prefix === undefined) return [];
    return [{ group, stream: `${prefix}/${name}/${taskIdOf(taskArn)}` }];
  });
}

async function tailOf({ logs }: Clients, { group, stream }: Stream): Promise<LogTail> {
  const command = new GetLogEventsCommand({ logGroupName: group, logStreamName: stream, limit: lineLimit });
  const answer = logs.send(command).catch((error: unknown) => {
    if (error instanceof ResourceNotFoundException) return { events: [] };
    throw error;
  });
  const { events = [] } = await asked("logs:GetLogEvents", answer);
  return { group, stream, lines: events.map(({ message = "" }) => stripVTControlCharacters(message).trimEnd()) };
}
