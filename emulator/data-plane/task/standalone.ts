import type { Scope } from "../../models/aws";
import type { AwsRequest } from "../../proxy/call";
import type { Layer } from "../../proxy/layer";
import { isListed, isNamed, listedTask } from "../../gaps/ecs/listed-tasks";
import { list, object, objects, parseJson, text, type JsonObject } from "../../wire/json";
import { editJson, isSuccess } from "../../wire/reply";
import type { Reader } from "../reader";
import type { Launcher } from "./launcher";
import { rolesOf } from "./services";
import { StandaloneTask } from "./standalone-task";

/**
 * Runs the standalone tasks whose images have a command as local processes: such a task runs until an essential one of its
 * processes ends, with the exit code of that. Other containers of it do nothing.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/standalone-tasks.html
 *
 * @param warn receives a message on each task that does not start
 */
export function standaloneTasks(reader: Reader, launcher: Launcher, warn: (message: string) => void): Layer {
  const started = new Map<string, StandaloneTask>();

  const start = async (request: AwsRequest, task: JsonObject): Promise<void> => {
    const scope: Scope = { account: request.account, region: request.region };
    const input = { taskDefinition: task.taskDefinitionArn };
    const definition = object((await reader.ask(scope, "ecs", "DescribeTaskDefinition", input)).taskDefinition);
    const overrides = object(parseJson(request.body).overrides);
    const roles = rolesOf({ ...definition, ...overrides });
    const containers = objects(definition.containerDefinitions)
      .map((container) => overridden(container, objects(overrides.containerOverrides)))
      .map((container) => ({ scope, name: text(definition.family), definition: container, ...roles }))
      .filter((container) => launcher.knows(container));
    if (containers.length === 0) return;
    const running = new StandaloneTask(task);
    started.set(running.arn, running);
    const failure = await running.start(launcher, containers);
    if (failure !== undefined) warn(`A task of ${text(definition.family)} did not start: ${failure}`);
  };

  const inScope = ({ account, region }: AwsRequest): readonly StandaloneTask[] =>
    [...started.values()].filter(({ arn }) => arn.startsWith(`arn:aws:ecs:${region}:${account}:`));

  const described = (task: JsonObject): JsonObject => started.get(text(task.taskArn))?.described(task) ?? task;

  return async (request, next) => {
    const operation = request.service === "ecs" ? request.api?.operation : undefined;
    const reply = await next(request);
    if (!isSuccess(reply)) return reply;
    switch (operation) {
      case "RunTask":
        await Promise.all(objects(parseJson(reply.body).tasks).map((task) => start(request, task)));
        return reply;
      case "StopTask": {
        const { task, reason = "Task stopped by user" } = parseJson(request.body);
        const running = inScope(request).find(({ arn }) => isNamed(arn, text(task)));
        await running?.stop({ code: "UserInitiated", reason: text(reason) });
        return editJson(reply, (body) => ({ ...body, task: described(object(body.task)) }));
      }
      case "ListTasks": {
        const input = parseJson(request.body);
        const own = inScope(request);
        const listed = own.filter(({ task }) => isListed(input, listedTask(described(task)))).map(({ arn }) => arn);
        return editJson(reply, (body) => ({
          ...body,
          taskArns: [...list(body.taskArns).filter((arn) => !own.some((task) => task.arn === arn)), ...listed],
        }));
      }
      case "DescribeTasks":
        return editJson(reply, (body) => ({ ...body, tasks: objects(body.tasks).map(described) }));
      default:
        return reply;
    }
  };
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
