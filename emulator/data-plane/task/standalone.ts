import type { Scope } from "../../models/aws";
import type { AwsRequest } from "../../proxy/call";
import type { Layer } from "../../proxy/layer";
import { exitCodeOf, stop, type Supervised } from "../../supervise";
import { list, object, objects, omit, parseJson, text, type JsonObject } from "../../wire/json";
import { editJson, isSuccess, jsonReply } from "../../wire/reply";
import type { Reader } from "../reader";
import type { Launcher } from "./launcher";

interface RunningContainer {
  readonly name: string;
  /** Why the container did not start. @default - it did */
  readonly reason?: string;
  /** @default - it did not start */
  readonly child?: Supervised;
  /** @default - it runs */
  end?: { readonly exitCode: number | undefined };
}

/** What a task that runs does not have yet. */
const endFields = ["stoppedAt", "stopCode", "stoppedReason"];

/**
 * Runs the standalone tasks whose images have a command as local processes: such a task runs until one of its processes
 * ends, with the exit code of that. Other containers of it do nothing.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/standalone-tasks.html
 */
export function standaloneTasks(reader: Reader, launcher: Launcher): Layer {
  const running = new Map<string, readonly RunningContainer[]>();

  const start = async (request: AwsRequest, task: JsonObject): Promise<void> => {
    const scope: Scope = { account: request.account, region: request.region };
    const input = { taskDefinition: task.taskDefinitionArn };
    const definition = object((await reader.ask(scope, "ecs", "DescribeTaskDefinition", input)).taskDefinition);
    const { containerDefinitions, family, taskRoleArn } = definition;
    const overrides = objects(object(parseJson(request.body).overrides).containerOverrides);
    const arn = text(task.taskArn);
    const role = text(taskRoleArn);
    const containers = objects(containerDefinitions)
      .map((container) => overridden(container, overrides))
      .map((container) => ({
        scope,
        name: text(family),
        definition: container,
        ...(role !== "" && { taskRoleArn: role }),
      }))
      .filter((container) => launcher.knows(container))
      .map(async (container): Promise<RunningContainer> => {
        const name = text(container.definition.name);
        try {
          const child = await launcher.launch(container, { taskId: arn.split("/").at(-1) });
          const started: RunningContainer = { name, child };
          void exitCodeOf(child).then((exitCode) => (started.end = { exitCode }));
          return started;
        } catch (error) {
          return { name, reason: error instanceof Error ? error.message : String(error) };
        }
      });
    const started = await Promise.all(containers);
    if (started.length > 0) running.set(arn, started);
  };

  return async (request, next) => {
    const operation = request.service === "ecs" ? request.api?.operation : undefined;
    if (operation === "StopTask") {
      const arn = text(parseJson(request.body).task);
      const containers = running.get(arn);
      if (!containers) return next(request);
      await Promise.all(containers.flatMap(({ child }) => (child ? [stop(child)] : [])));
      return jsonReply({ task: { taskArn: arn, desiredStatus: "STOPPED" } });
    }
    const reply = await next(request);
    if (!isSuccess(reply)) return reply;
    if (operation === "RunTask") {
      await Promise.all(objects(parseJson(reply.body).tasks).map((task) => start(request, task)));
    }
    if (operation !== "DescribeTasks") return reply;
    return editJson(reply, (body) => ({
      ...body,
      tasks: objects(body.tasks).map((task) => {
        const containers = running.get(text(task.taskArn));
        return containers ? described(task, containers) : task;
      }),
    }));
  };
}

/** A task as its processes are. */
function described(task: JsonObject, containers: readonly RunningContainer[]): JsonObject {
  const failed = containers.find(({ reason }) => reason !== undefined);
  if (!failed && containers.every(({ end }) => !end)) {
    const status = { desiredStatus: "RUNNING", lastStatus: "RUNNING" };
    const parts = objects(task.containers).map((part) => ({ ...omit(part, ["exitCode"]), lastStatus: "RUNNING" }));
    return { ...omit(task, endFields), ...status, containers: parts };
  }
  const parts = objects(task.containers).map((part) => {
    const own = containers.find(({ name }) => name === part.name);
    if (!own) return part;
    // A container that was ended by a signal, or never started, has no exit code.
    return { ...omit(part, ["exitCode"]), exitCode: own.end?.exitCode, reason: own.reason };
  });
  if (!failed) return { ...task, containers: parts };
  return { ...task, containers: parts, stopCode: "TaskFailedToStart", stoppedReason: failed.reason };
}

// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerOverride.html
function overridden(container: JsonObject, overrides: readonly JsonObject[]): JsonObject {
  const override = overrides.find(({ name }) => name === container.name);
  if (!override) return container;
  const names = objects(override.environment).map(({ name }) => name);
  const kept = objects(container.environment).filter(({ name }) => !names.includes(name));
  return {
    ...container,
    ...(override.command !== undefined && { command: override.command }),
    environment: [...kept, ...list(override.environment)],
  };
}
