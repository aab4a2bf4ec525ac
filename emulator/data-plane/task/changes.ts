import type { Scope } from "../../models/aws";
import { readOutput } from "../../models/client";
import type { Layer } from "../../proxy/layer";
import { object, objects, text, type JsonObject } from "../../wire/json";
import { editJson, isSuccess } from "../../wire/reply";
import type { DataPlaneContext } from "../context";
import type { Rollouts } from "./rollouts";
import { containerOf } from "./services";

const changes = ["CreateService", "UpdateService", "DeleteService"];

/**
 * Starts the process of a service that is created or deployed anew, when its image has a command, and ends that of one which
 * is deleted or has no tasks any more, once it has drained. A task that is stopped ends the process as well, which starts again.
 */
export function serviceChanges(context: DataPlaneContext, rollouts: Rollouts): Layer {
  const { tasks, time } = context;
  const drainingMs = (time.drainingSeconds ?? 0) * 1000;
  const ends = new Map<string, NodeJS.Timeout>();

  const end = async (arn: string): Promise<void> => {
    rollouts.forget(arn);
    if (drainingMs > 0) ends.set(arn, setTimeout(() => void tasks.end(arn), drainingMs).unref());
    else await tasks.end(arn);
  };
  const deploy = async (scope: Scope, service: JsonObject, isForced: boolean): Promise<void> => {
    const arn = text(service.serviceArn);
    if (!isForced && rollouts.taskDefinitionOf(arn) === service.taskDefinition) return;
    const container = await containerOf(context, scope, service);
    if (tasks.runs(container)) rollouts.begin(service, container, { isForced });
    else rollouts.forget(arn);
  };

  return async (request, next) => {
    const reply = await next(request);
    const { api, account, region } = request;
    if (!api || request.service !== "ecs" || !isSuccess(reply)) return reply;
    const { operation, input, model } = api;
    if (operation === "DescribeServices") {
      return editJson(reply, (body) => ({
        ...body,
        services: objects(body.services).map((service) => rollouts.complete(service)),
      }));
    }
    if (operation === "StopTask") {
      const { group, clusterArn } = object(readOutput(model, operation, reply).task);
      const [, name] = /^service:(.+)$/.exec(text(group)) ?? [];
      if (name !== undefined) await tasks.stopOne(`${text(clusterArn).replace(":cluster/", ":service/")}/${name}`);
      return reply;
    }
    if (!changes.includes(operation)) return reply;
    const service = object(readOutput(model, operation, reply).service);
    const arn = text(service.serviceArn);
    clearTimeout(ends.get(arn));
    if (service.desiredCount === 0) await end(arn);
    else await deploy({ account, region }, service, input.forceNewDeployment === true);
    return editJson(reply, (body) => ({ ...body, service: rollouts.complete(object(body.service)) }));
  };
}
