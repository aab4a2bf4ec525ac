import { GetLogEventsCommand, ResourceNotFoundException } from "@aws-sdk/client-cloudwatch-logs";
import {
  ClusterNotFoundException,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  type Service,
  type Task,
} from "@aws-sdk/client-ecs";
import { stripVTControlCharacters } from "node:util";
import { stackName, type StageConfig, type WebConfig, type WorkerConfig } from "../../schema";
import { clusterName, logGroupName, serviceName } from "../../stacks/naming";
import { callAws, type Clients } from "./aws";
import { ToolError } from "./tool-error";

/** A service of a stage that runs as an ECS service. */
export interface EcsService {
  readonly stack: string;
  readonly region: string;
  /** Name in the stage file. */
  readonly name: string;
  readonly config: WebConfig | WorkerConfig;
  readonly cluster: string;
  /** Name in ECS. */
  readonly service: string;
  readonly logGroup: string;
}

/** The last lines that a container logged. */
export interface LogTail {
  readonly group: string;
  readonly stream: string;
  readonly lines: readonly string[];
}

/**
 * The ECS services of a stage; jobs have none.
 *
 * @param only name of the one service to return. @default - all of them
 * @throws ToolError that lists the services when the stage has none of this name
 */
export function ecsServicesOf(stage: StageConfig, only?: string): EcsService[] {
  const stack = stackName(stage);
  const services = Object.entries(stage.services).flatMap(([name, config]) =>
    config.kind === "job" ? [] : [{ name, config }],
  );
  if (only !== undefined && !services.some(({ name }) => name === only)) {
    const names = services.map(({ name }) => name).join(", ");
    throw new ToolError(`${stack} has no web service or worker "${only}"; choose one of ${names}`);
  }
  return services
    .filter(({ name }) => only === undefined || name === only)
    .map(({ name, config }) => ({
      stack,
      region: stage.region,
      name,
      config,
      cluster: clusterName(stage),
      service: serviceName(stage, name),
      logGroup: logGroupName(stage, name),
    }));
}

/**
 * The response of ecs:DescribeServices for one service.
 *
 * @throws ToolError when it was never deployed, or was deleted
 */
export async function describeService({ ecs }: Pick<Clients, "ecs">, target: EcsService): Promise<Service> {
  const { cluster, service, region, stack } = target;
  const remedy = `deploy it first: npx cdktf deploy ${stack}`;
  const response = ecs.send(new DescribeServicesCommand({ cluster, services: [service] })).catch((error: unknown) => {
    if (!(error instanceof ClusterNotFoundException)) throw error;
    throw new ToolError(`there is no cluster ${cluster} in ${region}; ${remedy}`);
  });
  const { services = [] } = await callAws("ecs:DescribeServices", response);
  // ECS lists a deleted service as INACTIVE for a while.
  const active = services.find(({ status }) => status !== "INACTIVE");
  if (!active) throw new ToolError(`there is no service ${service} in cluster ${cluster} in ${region}; ${remedy}`);
  return active;
}

/** The last log lines of each container of a task; containers that logged nothing are left out. */
export async function lastLogLines(clients: Clients, task: Task): Promise<LogTail[]> {
  const streams = await logStreamsOf(clients, task);
  const tails = await Promise.all(streams.map((stream) => logTailOf(clients, stream)));
  return tails.filter(({ lines }) => lines.length > 0);
}

/** The deployment that ECS is working towards. */
export const primaryDeployment = ({ deployments = [] }: Pick<Service, "deployments">) =>
  deployments.find(({ status }) => status === "PRIMARY");

/** The id of a task, which ends its ARN and the name of its log stream. */
export const taskIdOf = (arn: string | undefined) => arn?.split("/").at(-1) ?? "";

/** Lines of each container. */
const lineLimit = 20;

type LogStream = Omit<LogTail, "lines">;

/** Named by the task definition. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html */
async function logStreamsOf({ ecs }: Clients, { taskDefinitionArn, taskArn }: Task): Promise<LogStream[]> {
  const command = new DescribeTaskDefinitionCommand({ taskDefinition: taskDefinitionArn });
  const { taskDefinition } = await callAws("ecs:DescribeTaskDefinition", ecs.send(command));
  return (taskDefinition?.containerDefinitions ?? []).flatMap(({ name = "", logConfiguration }) => {
    const { "awslogs-group": group, "awslogs-stream-prefix": prefix } = logConfiguration?.options ?? {};
    if (group === undefined || prefix === undefined) return [];
    return [{ group, stream: `${prefix}/${name}/${taskIdOf(taskArn)}` }];
  });
}

async function logTailOf({ logs }: Clients, { group, stream }: LogStream): Promise<LogTail> {
  const command = new GetLogEventsCommand({ logGroupName: group, logStreamName: stream, limit: lineLimit });
  // A container that never started has no log stream.
  const response = logs.send(command).catch((error: unknown) => {
    if (error instanceof ResourceNotFoundException) return { events: [] };
    throw error;
  });
  const { events = [] } = await callAws("logs:GetLogEvents", response);
  return { group, stream, lines: events.map(({ message = "" }) => stripVTControlCharacters(message).trimEnd()) };
}
