import type { AwsRequest, Handlers, Reply } from "../../proxy/gap";
import { list, object, parseJson, pick, text } from "../../wire/json";
import { editJson, isSuccess } from "../../wire/reply";
import { Overlay } from "../overlay";
import { describe } from "./forward";

/**
 * moto resolves a family to its newest revision even when that is deregistered, which affects standalone tasks, takes the
 * network mode for `awsvpc` with every compatibility but EC2 alone, and loses whether faults may be injected; affects
 * `network_mode` and `enable_fault_injection` of `aws_ecs_task_definition`.
 */
export function taskDefinitions(): Handlers {
  const overlay = new Overlay();
  const complete = (request: AwsRequest, reply: Reply): Reply =>
    editJson(reply, (body) => {
      const taskDefinition = object(body.taskDefinition);
      const arn = text(taskDefinition.taskDefinitionArn);
      return overlay.has(request, arn)
        ? { ...body, taskDefinition: overlay.apply(request, arn, taskDefinition) }
        : body;
    });
  return {
    RegisterTaskDefinition: async (request, forward) => {
      const reply = await forward();
      if (!isSuccess(reply)) return reply;
      const sent = parseJson(request.body);
      const arn = text(object(parseJson(reply.body).taskDefinition).taskDefinitionArn);
      const isFargate = list(sent.requiresCompatibilities).includes("FARGATE");
      const lost = pick(sent, ["enableFaultInjection", ...(isFargate ? [] : ["networkMode"])]);
      if (Object.keys(lost).length > 0) overlay.set(request, arn, lost);
      return complete(request, reply);
    },
    DeregisterTaskDefinition: async (request, forward) => complete(request, await forward()),
    DescribeTaskDefinition: async (request, forward) => {
      const reply = complete(request, await forward());
      const input = parseJson(request.body);
      if (!isSuccess(reply) || text(input.taskDefinition).includes(":")) return reply;
      const { family, status } = object(parseJson(reply.body).taskDefinition);
      if (status !== "INACTIVE") return reply;
      const active = await describe(forward, "ListTaskDefinitions", { familyPrefix: family, status: "ACTIVE" });
      const newest = list(active.taskDefinitionArns).at(-1);
      if (newest === undefined) return reply;
      return complete(request, await forward({ body: JSON.stringify({ ...input, taskDefinition: newest }) }));
    },
  };
}
