import type { AwsRequest, Handlers, Reply } from "../../proxy/gap";
import { Store } from "../../store";
import { list, object, parseJson, text } from "../../wire/json";
import { editJson, isSuccess } from "../../wire/reply";
import { describe } from "./forward";

/**
 * moto resolves a family to its newest revision even when that is deregistered, which affects standalone tasks, and takes the
 * network mode for `awsvpc` with every compatibility but EC2 alone.
 */
export function taskDefinitions(): Handlers {
  const networkModes = new Store<string>();
  const withNetworkMode = (request: AwsRequest, reply: Reply): Reply =>
    editJson(reply, (body) => {
      const taskDefinition = object(body.taskDefinition);
      const networkMode = networkModes.of(request).get(text(taskDefinition.taskDefinitionArn));
      return networkMode === undefined ? body : { ...body, taskDefinition: { ...taskDefinition, networkMode } };
    });
  return {
    RegisterTaskDefinition: async (request, forward) => {
      const reply = await forward();
      if (!isSuccess(reply)) return reply;
      const { networkMode, requiresCompatibilities } = parseJson(request.body);
      const arn = text(object(parseJson(reply.body).taskDefinition).taskDefinitionArn);
      const isFargate = list(requiresCompatibilities).includes("FARGATE");
      if (text(networkMode) !== "" && !isFargate) networkModes.of(request).set(arn, text(networkMode));
      return withNetworkMode(request, reply);
    },
    DescribeTaskDefinition: async (request, forward) => {
      const reply = withNetworkMode(request, await forward());
      const input = parseJson(request.body);
      if (!isSuccess(reply) || text(input.taskDefinition).includes(":")) return reply;
      const { family, status } = object(parseJson(reply.body).taskDefinition);
      if (status !== "INACTIVE") return reply;
      const active = await describe(forward, "ListTaskDefinitions", { familyPrefix: family, status: "ACTIVE" });
      const newest = list(active.taskDefinitionArns).at(-1);
      if (newest === undefined) return reply;
      return withNetworkMode(request, await forward({ body: JSON.stringify({ ...input, taskDefinition: newest }) }));
    },
  };
}
