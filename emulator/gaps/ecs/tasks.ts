import { randomUUID } from "node:crypto";
import type { AwsRequest, Handlers } from "../../proxy/gap";
import { isSuccess, jsonReply } from "../../wire/edit";
import { list, object, objects, parseJson, pick, text, type JsonObject } from "../../wire/json";
import { Memory } from "../../wire/memory";
import { instead } from "./instead";

/**
 * moto cannot run a task on Fargate whose containers state no memory, and runs no program; shown by tasks that are started
 * once. Here every program ends at once, and well.
 */
export function ecsTasks(): Handlers {
  const started = new Memory<JsonObject>();

  return {
    RunTask: async (request, forward) => {
      const asked = parseJson(request.body);
      const reply = await forward(instead("DescribeTaskDefinition", pick(asked, ["taskDefinition"])));
      if (!isSuccess(reply)) return reply;
      const task = taskOf(request, asked, object(parseJson(reply.body).taskDefinition));
      started.of(request).set(text(task.taskArn), task);
      return jsonReply({ tasks: [task], failures: [] });
    },
    DescribeTasks: async (request, forward) => {
      const known = started.of(request);
      const body = parseJson(request.body);
      const [own, others] = [true, false].map((isOwn) =>
        list(body.tasks).filter((arn) => known.has(text(arn)) === isOwn),
      );
      if (own?.length === 0) return forward();
      const reply =
        others?.length === 0
          ? {}
          : parseJson((await forward({ body: JSON.stringify({ ...body, tasks: others }) })).body);
      const ended = (own ?? []).map((arn) => end(object(known.get(text(arn)))));
      return jsonReply({ tasks: [...ended, ...objects(reply.tasks)], failures: list(reply.failures) });
    },
  };
}

function taskOf({ account, region }: AwsRequest, asked: JsonObject, definition: JsonObject): JsonObject {
  const cluster = text(asked.cluster).split("/").at(-1) ?? "default";
  const place = `arn:aws:ecs:${region}:${account}`;
  return {
    ...pick(asked, ["startedBy", "launchType", "tags"]),
    taskArn: `${place}:task/${cluster}/${randomUUID().replaceAll("-", "")}`,
    clusterArn: `${place}:cluster/${cluster}`,
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

function end(task: JsonObject): JsonObject {
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
