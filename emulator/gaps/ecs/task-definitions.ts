import type { Handlers } from "../../proxy/gap";
import { list, object, parseJson, text } from "../../wire/json";
import { isSuccess } from "../../wire/reply";
import { describe } from "./forward";

/** moto resolves a family to its newest revision even when that is deregistered; affects standalone tasks. */
export function taskDefinitions(): Handlers {
  return {
    DescribeTaskDefinition: async (request, forward) => {
      const reply = await forward();
      const input = parseJson(request.body);
      if (!isSuccess(reply) || text(input.taskDefinition).includes(":")) return reply;
      const { family, status } = object(parseJson(reply.body).taskDefinition);
      if (status !== "INACTIVE") return reply;
      const active = await describe(forward, "ListTaskDefinitions", { familyPrefix: family, status: "ACTIVE" });
      const newest = list(active.taskDefinitionArns).at(-1);
      return newest === undefined ? reply : forward({ body: JSON.stringify({ ...input, taskDefinition: newest }) });
    },
  };
}
