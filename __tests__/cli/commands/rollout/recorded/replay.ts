import type { ServiceDeployment } from "@aws-sdk/client-ecs";
import { imageOf, revisionArn, serviceArn } from "./names";
import { isError, type Poll, type Sequence } from "./sequence";
import { finishedBefore } from "./service-deployment";

/** A call of an operation with its input. */
export interface Call {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** The response to a call at the time of a poll, with times as in the JSON protocol: seconds since 1970. */
export function answerTo({ polls, logs = {} }: Sequence, poll: number, call: Call): object {
  const now = polls[Math.min(poll, polls.length - 1)];
  if (!now) throw new Error("the sequence has no poll");
  return onTheWire(call.operation === "GetLogEvents" ? logEvents(logs, call) : ecs(now, call));
}

function ecs({ serviceDeployment, service, tasks }: Poll, { operation, input }: Call): object {
  switch (operation) {
    case "ListServiceDeployments":
      if (isError(serviceDeployment)) return serviceDeployment;
      return { serviceDeployments: [brief(finishedBefore), brief(serviceDeployment)] };
    case "DescribeServiceDeployments":
      return { serviceDeployments: [serviceDeployment], failures: [] };
    case "DescribeServices":
      if (!service) return { services: [], failures: [{ arn: serviceArn, reason: "MISSING" }] };
      return isError(service) ? service : { services: [service], failures: [] };
    case "ListTasks":
      return {
        taskArns: tasks
          .filter(({ desiredStatus }) => desiredStatus === input.desiredStatus)
          .map((task) => task.taskArn),
      };
    case "DescribeTasks":
      return {
        tasks: tasks.filter(({ taskArn }) => Array.isArray(input.tasks) && input.tasks.includes(taskArn)),
        failures: [],
      };
    case "DescribeTaskDefinition":
      return { taskDefinition: { ...revision, taskDefinitionArn: input.taskDefinition } };
    default:
      throw new Error(`no response was recorded for ${operation}`);
  }
}

const revision = {
  taskDefinitionArn: revisionArn(42),
  family: "shop-orders-task-dev01",
  containerDefinitions: [
    {
      name: "orders",
      image: imageOf(42),
      logConfiguration: {
        logDriver: "awslogs",
        options: {
          "awslogs-group": "/shop/dev01/orders",
          "awslogs-region": "us-east-1",
          "awslogs-stream-prefix": "orders",
        },
      },
    },
  ],
};

function brief({ targetServiceRevision, ...deployment }: ServiceDeployment): object {
  const { serviceDeploymentArn, clusterArn, createdAt, startedAt, status, statusReason } = deployment;
  const targetServiceRevisionArn = targetServiceRevision?.arn;
  return {
    serviceDeploymentArn,
    serviceArn,
    clusterArn,
    createdAt,
    startedAt,
    status,
    statusReason,
    targetServiceRevisionArn,
  };
}

function logEvents(logs: NonNullable<Sequence["logs"]>, { input }: Call): object {
  const id = Object.keys(logs).find((task) => input.logStreamName === `orders/orders/${task}`);
  if (id === undefined || input.logGroupName !== "/shop/dev01/orders") {
    return { __type: "ResourceNotFoundException", message: "The specified log stream does not exist." };
  }
  return { events: logs[id]?.map((message, index) => ({ timestamp: 1_791_201_600_000 + index, message })) };
}

function onTheWire(value: unknown): object {
  const text = JSON.stringify(value, function (this: Record<string, unknown>, key: string, plain: unknown) {
    const original = this[key];
    return original instanceof Date ? original.getTime() / 1000 : plain;
  });
  const parsed: unknown = JSON.parse(text);
  return typeof parsed === "object" && parsed !== null ? parsed : {};
}
