import { randomUUID } from "node:crypto";
import type { AwsRequest, Handlers } from "../../proxy/gap";
import { Store } from "../../store";
import { list, object, objects, parseJson, pick, text, type JsonObject } from "../../wire/json";
import { editJson, isSuccess, jsonReply } from "../../wire/reply";
import { describedTasks, listedTasks } from "./described-tasks";
import { operation } from "./forward";
import type { ServiceTasks } from "./service-tasks";

/**
 * moto does not run a task on Fargate whose containers have no memory, executes no container, and has no tasks of services;
 * affects standalone tasks, of which every container exits at once with code 0 here.
 */
export function tasks(serviceTasks: ServiceTasks): Handlers {
  const started = new Store<JsonObject>();

  return {
    RunTask: async (request, forward) => {
      const input = parseJson(request.body);
      const reply = await forward(operation("DescribeTaskDefinition", pick(input, ["taskDefinition"])));
      if (!isSuccess(reply)) return reply;
      const task = startedTask(request, input, object(parseJson(reply.body).taskDefinition));
      started.of(request).set(text(task.taskArn), task);
      return jsonReply({ tasks: [task], failures: [] });
    },
    ListTasks: async (request, forward) =>
      editJson(await forward(), (body) => ({
        ...body,
        taskArns: [...list(body.taskArns), ...listedTasks(serviceTasks, request)],
      })),
    DescribeTasks: async (request, forward) => {
      const input = parseJson(request.body);
      const named = list(input.tasks).map(text);
      const known = new Map(await describedTasks(serviceTasks, request, forward));
      for (const name of named) {
        const task = started.of(request).get(name);
        if (task) known.set(name, stoppedTask(task));
      }
      const others = named.filter((name) => !known.has(name));
      if (known.size === 0) return forward();
      const rest =
        others.length === 0
          ? {}
          : parseJson((await forward({ body: JSON.stringify({ ...input, tasks: others }) })).body);
      return jsonReply({ tasks: [...known.values(), ...objects(rest.tasks)], failures: list(rest.failures) });
    },
  };
}

function startedTask({ account, region }: AwsRequest, input: JsonObject, definition: JsonObject): JsonObject {
  const cluster = text(input.cluster).split("/").at(-1) ?? "default";
  const prefix = `arn:aws:ecs:${region}:${account}`;
  return {
    ...pick(input, ["startedBy", "launchType", "tags"]),
    taskArn: `${prefix}:task/${cluster}/${randomUUID().replaceAll("-", "")}`,
    clusterArn: `${prefix}:cluster/${cluster}`,
    taskDefinitionArn: definition.taskDefinitionArn,
    group: `family:${text(definition.family)}`,
    desiredStatus: "RUNNING",
    lastStatus: "PROVISIONING",
    createdAt: Date.now() / 1000,
    containers: objects(definition.containerDefinitions).map(({ name, image }) => ({
      name,
      image,
      lastStatus: "PENDING",
    })),
  };
}

function stoppedTask(task: JsonObject): JsonObject {
  return {
    ...task,
    desiredStatus: "STOPPED",
    lastStatus: "STOPPED",
    stopCode: "EssentialContainerExited",
    stoppedReason: "Essential container in task exited",
    stoppedAt: Date.now() / 1000,
    containers: objects(task.containers).map((container) => ({ ...container, lastStatus: "STOPPED", exitCode: 0 })),
  };
}
