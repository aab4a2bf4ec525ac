import { randomUUID } from "node:crypto";
import type { AwsRequest, Handlers } from "../../proxy/gap";
import { Store } from "../../store";
import { list, object, objects, parseJson, pick, text, type JsonObject } from "../../wire/json";
import { isSuccess, jsonReply } from "../../wire/reply";
import { operation } from "./forward";

/**
 * moto does not run a task on Fargate whose containers have no memory, and executes no container; affects standalone
 * tasks. Here every container exits at once with code 0.
 */
export function tasks(): Handlers {
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
    DescribeTasks: async (request, forward) => {
      const entries = started.of(request);
      const input = parseJson(request.body);
      const own = list(input.tasks).filter((arn) => entries.has(text(arn)));
      const others = list(input.tasks).filter((arn) => !entries.has(text(arn)));
      if (own.length === 0) return forward();
      const rest =
        others.length === 0
          ? {}
          : parseJson((await forward({ body: JSON.stringify({ ...input, tasks: others }) })).body);
      const stopped = own.map((arn) => stoppedTask(object(entries.get(text(arn)))));
      return jsonReply({ tasks: [...stopped, ...objects(rest.tasks)], failures: list(rest.failures) });
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
