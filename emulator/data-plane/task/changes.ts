import { readOutput } from "../../models/client";
import type { Layer } from "../../proxy/layer";
import { isSuccess } from "../../wire/reply";
import { object, text } from "../../wire/json";
import type { Tasks } from "./tasks";

/** Ends the process of a service that is deleted, has no tasks any more, or is deployed anew. */
export function serviceChanges(tasks: Tasks): Layer {
  return async (request, next) => {
    const reply = await next(request);
    const { api } = request;
    if (!api || request.service !== "ecs" || !isSuccess(reply)) return reply;
    const { operation, input, model } = api;
    const isEnd =
      operation === "DeleteService" ||
      (operation === "UpdateService" && (input.desiredCount === 0 || input.forceNewDeployment === true));
    if (isEnd) await tasks.end(text(object(readOutput(model, operation, reply).service).serviceArn));
    return reply;
  };
}
