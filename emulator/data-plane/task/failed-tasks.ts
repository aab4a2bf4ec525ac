import { isListed, isNamed, listedTask } from "../../gaps/ecs/listed-tasks";
import type { AwsRequest } from "../../proxy/call";
import type { Layer } from "../../proxy/layer";
import { list, objects, parseJson, text, type JsonObject } from "../../wire/json";
import { editJson, isSuccess } from "../../wire/reply";
import type { ServiceContainer } from "./container";
import { StartFailure } from "./process";

// ECS describes a stopped task for an hour: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html
const describedSeconds = 3600;

/** A task of a service that did not start. */
export interface FailedTask {
  readonly container: ServiceContainer;
  readonly taskId: string;
  /** Id of the deployment that started it. */
  readonly deployment: string;
  readonly error: Error;
  /** Seconds since 1970. */
  readonly createdAt: number;
  readonly stoppedAt: number;
}

/** The tasks of services whose process did not start, as ListTasks and DescribeTasks show them. */
export class FailedTasks {
  private tasks: readonly JsonObject[] = [];

  add(failed: FailedTask): void {
    const oldest = failed.stoppedAt - describedSeconds;
    this.tasks = [...this.tasks.filter(({ stoppedAt }) => Number(stoppedAt) > oldest), describe(failed)];
  }

  clear(): void {
    this.tasks = [];
  }

  readonly layer: Layer = async (request, next) => {
    const operation = request.service === "ecs" ? request.api?.operation : undefined;
    if (operation !== "ListTasks" && operation !== "DescribeTasks") return next(request);
    const input = parseJson(request.body);
    const own = this.inScope(request);
    const reply = await next(request);
    if (!isSuccess(reply)) return reply;
    if (operation === "ListTasks") {
      const arns = own.filter((task) => isListed(input, listedTask(task))).map(({ taskArn }) => taskArn);
      return editJson(reply, (body) => ({ ...body, taskArns: [...list(body.taskArns), ...arns] }));
    }
    const named = list(input.tasks).map(text);
    const found = own.filter(({ taskArn }) => named.some((name) => isNamed(text(taskArn), name)));
    const isFound = ({ arn }: JsonObject): boolean =>
      found.some(({ taskArn }) => isNamed(text(taskArn), text(arn).split("/").at(-1) ?? ""));
    return editJson(reply, (body) => ({
      ...body,
      tasks: [...objects(body.tasks), ...found],
      failures: objects(body.failures).filter((failure) => !isFound(failure)),
    }));
  };

  private inScope({ account, region }: AwsRequest): readonly JsonObject[] {
    return this.tasks.filter(({ taskArn }) => text(taskArn).startsWith(`arn:aws:ecs:${region}:${account}:`));
  }
}

// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
function describe({ container, taskId, deployment, error, createdAt, stoppedAt }: FailedTask): JsonObject {
  const { clusterArn, taskDefinitionArn, name, definition } = container;
  const taskArn = `${clusterArn.replace(":cluster/", ":task/")}/${taskId}`;
  const failure = error instanceof StartFailure ? error : undefined;
  const { code, reason } = failure?.stop ?? { code: "TaskFailedToStart", reason: error.message };
  return {
    taskArn,
    clusterArn,
    taskDefinitionArn,
    group: `service:${name}`,
    startedBy: deployment,
    launchType: "FARGATE",
    desiredStatus: "STOPPED",
    lastStatus: "STOPPED",
    createdAt,
    stoppingAt: stoppedAt,
    stoppedAt,
    stopCode: code,
    stoppedReason: reason,
    containers: [
      {
        name: definition.name,
        image: definition.image,
        taskArn,
        lastStatus: "STOPPED",
        ...(failure?.exitCode !== undefined && { exitCode: failure.exitCode }),
      },
    ],
  };
}
