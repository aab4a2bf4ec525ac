import type { AwsRequest, Forward, Handlers, Reply } from "../../proxy/gap";
import { object, objects, parseJson, text, type JsonObject, type JsonValue } from "../../wire/json";
import { editJson, isSuccess } from "../../wire/reply";
import type { Overlay } from "../overlay";

/**
 * moto returns an updated quota as strings, which the provider cannot read, and updates no stage with limits of its methods;
 * affects a change of `aws_api_gateway_usage_plan`, and its deletion.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateUsagePlan.html
 */
export function usagePlans(overlay: Overlay): Handlers {
  const complete = (request: AwsRequest, plan: JsonObject): JsonObject => {
    const whole = overlay.apply(request, pathOf(text(plan.id)), plan);
    if (whole.quota == null) return whole;
    const { limit, offset, ...rest } = object(whole.quota);
    return { ...whole, quota: { ...rest, limit: Number(limit), offset: Number(offset ?? 0) } };
  };
  const read = async (request: AwsRequest, forward: Forward): Promise<Reply> =>
    editJson(await forward(), (plan) => complete(request, plan));

  return {
    "GET /usageplans/{plan}": read,
    "GET /usageplans": async (request, forward) =>
      editJson(await forward(), (body) => ({
        ...body,
        item: objects(body.item).map((plan) => complete(request, plan)),
      })),
    "PATCH /usageplans/{plan}": async (request, forward) => {
      const all = objects(parseJson(request.body).patchOperations);
      const ofStages = all.filter(({ path }) => text(path).startsWith("/apiStages"));
      if (ofStages.length === 0) return read(request, forward);
      const before = await forward({ method: "GET", body: "" });
      if (!isSuccess(before)) return before;
      const patchOperations = all.filter((each) => !ofStages.includes(each));
      const reply = patchOperations.length > 0 ? await forward({ body: JSON.stringify({ patchOperations }) }) : before;
      if (!isSuccess(reply)) return reply;
      const { apiStages } = complete(request, parseJson(before.body));
      const path = pathOf(request.params.plan ?? "");
      overlay.set(request, path, { apiStages: ofStages.reduce(changed, objects(apiStages)) });
      return editJson(reply, (plan) => complete(request, plan));
    },
  };
}

function pathOf(plan: string): string {
  return `/usageplans/${plan}`;
}

/** The stages of a plan after one patch operation: `/apiStages`, or a limit below `/apiStages/api:stage/throttle`. */
function changed(stages: readonly JsonObject[], { op, path, value }: JsonObject): readonly JsonObject[] {
  const [, named, rest = ""] = /^\/apiStages\/([^/]+)(.*)$/.exec(text(path)) ?? [];
  const [apiId = "", stage = ""] = (named ?? text(value)).split(":");
  const others = stages.filter((each) => !(each.apiId === apiId && each.stage === stage));
  const current = stages.find((each) => !others.includes(each));
  if (named === undefined) return op === "remove" ? others : [...others, current ?? { apiId, stage }];
  if (!current) return stages;
  return stages.map((each) =>
    each === current ? { ...each, throttle: throttled(each, op === "remove", rest, value) } : each,
  );
}

function throttled({ throttle }: JsonObject, isRemoved: boolean, rest: string, value: JsonValue): JsonObject {
  const [, key = "", limit] = /^\/throttle(?:\/(.+?))?(?:\/(rateLimit|burstLimit))?$/.exec(rest) ?? [];
  const method = key.replaceAll("~1", "/").replaceAll("~0", "~");
  if (method === "") return {};
  const { [method]: limits, ...others } = object(throttle);
  if (isRemoved) return others;
  return { ...others, [method]: { ...object(limits), ...(limit !== undefined && { [limit]: Number(value) }) } };
}
