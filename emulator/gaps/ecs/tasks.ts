import { errorReply } from "../../proxy/error-reply";
import type { AwsRequest, Handlers } from "../../proxy/gap";
import { Store } from "../../store";
import { list, objects, object, parseJson, pick, text, type JsonObject } from "../../wire/json";
import { editJson, isSuccess, jsonReply } from "../../wire/reply";
import { describedTasks, listedTasks } from "./described-tasks";
import { operation } from "./forward";
import { isListed, isNamed, listedTask } from "./listed-tasks";
import type { ServiceTasks } from "./service-tasks";
import { startedTask, stoppedTask } from "./started-task";

/**
 * moto does not run a task on Fargate whose containers have no memory, executes no container, and has no tasks of services;
 * affects standalone tasks, of which every container exits at once with code 0 here.
 */
export function tasks(serviceTasks: ServiceTasks): Handlers {
  const started = new Store<JsonObject>();

  const startedNamed = (request: AwsRequest, name: string): JsonObject | undefined =>
    [...started.of(request).values()].find(({ taskArn }) => isNamed(text(taskArn), name));

  return {
    RunTask: async (request, forward) => {
      const input = parseJson(request.body);
      const reply = await forward(operation("DescribeTaskDefinition", pick(input, ["taskDefinition"])));
      if (!isSuccess(reply)) return reply;
      const definition = object(parseJson(reply.body).taskDefinition);
      const { count = 1 } = input;
      const run = Array.from({ length: Number(count) }, () => startedTask(request, input, definition));
      for (const task of run) started.of(request).set(text(task.taskArn), task);
      return jsonReply({ tasks: run, failures: [] });
    },
    ListTasks: async (request, forward) => {
      const input = parseJson(request.body);
      const own = [...started.of(request).values()].map(stoppedTask);
      const listed = own.filter((task) => isListed(input, listedTask(task))).map(({ taskArn }) => taskArn);
      return editJson(await forward(), (body) => ({
        ...body,
        taskArns: [...list(body.taskArns), ...listedTasks(serviceTasks, request), ...listed],
      }));
    },
    DescribeTasks: async (request, forward) => {
      const input = parseJson(request.body);
      const named = list(input.tasks).map(text);
      const known = new Map(await describedTasks(serviceTasks, request, forward));
      for (const name of named) {
        const task = startedNamed(request, name);
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
    StopTask: async (request, forward) => {
      const { task, reason = "Task stopped by user" } = parseJson(request.body);
      const name = text(task);
      const standalone = startedNamed(request, name);
      if (standalone) return jsonReply({ task: stoppedTask(standalone) });
      const ofService = serviceTasks.all(request).find(({ arn }) => isNamed(arn, name));
      if (!ofService) {
        return errorReply(request, {
          code: "InvalidParameterException",
          message: "The referenced task was not found.",
          status: 400,
        });
      }
      await serviceTasks.stopOne(request, forward, ofService, text(reason));
      const [described] = (await describedTasks(serviceTasks, namedIn(request, name), forward)).values();
      return jsonReply({ task: described });
    },
  };
}

function namedIn(request: AwsRequest, task: string): AwsRequest {
  return { ...request, body: Buffer.from(JSON.stringify({ tasks: [task] })) };
}
