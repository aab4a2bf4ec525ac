import type { Handlers } from "../../proxy/gap";
import { isSuccess } from "../../wire/edit";
import { list, object, parseJson, text } from "../../wire/json";
import { instead } from "./instead";

/** moto takes a deregistered revision for the newest of its family; shown by tasks that run once with another image. */
export function ecsDefinitions(): Handlers {
  return {
    DescribeTaskDefinition: async (request, forward) => {
      const reply = await forward();
      const asked = parseJson(request.body);
      if (!isSuccess(reply) || text(asked.taskDefinition).includes(":")) return reply;
      const { family, status } = object(parseJson(reply.body).taskDefinition);
      if (status !== "INACTIVE") return reply;
      const listed = await forward(instead("ListTaskDefinitions", { familyPrefix: family, status: "ACTIVE" }));
      const newest = list(parseJson(listed.body).taskDefinitionArns).at(-1);
      return newest === undefined ? reply : forward({ body: JSON.stringify({ ...asked, taskDefinition: newest }) });
    },
  };
}
