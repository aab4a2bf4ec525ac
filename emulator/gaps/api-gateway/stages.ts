import type { AwsRequest, Forward, Handlers, Reply } from "../../proxy/gap";
import { object, objects, parseJson, pick, text, type JsonObject } from "../../wire/json";
import { editJson, isSuccess } from "../../wire/reply";
import type { Overlay } from "../overlay";
import { patchedProperties } from "./patch";

const canary = "canarySettings";

/**
 * moto loses the canary of a stage; affects `canary_settings` of `aws_api_gateway_stage`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
 */
export function stages(overlay: Overlay): Handlers {
  const complete = (request: AwsRequest, stage: JsonObject): JsonObject =>
    overlay.apply(request, `/restapis/${request.params.api ?? ""}/stages/${text(stage.stageName)}`, stage);

  const update = async (request: AwsRequest, forward: Forward): Promise<Reply> => {
    const before = await forward({ method: "GET", body: "" });
    if (!isSuccess(before)) return before;
    const stage = complete(request, parseJson(before.body));
    const all = objects(parseJson(request.body).patchOperations);
    const ofCanary = all.filter(({ path }) => text(path).startsWith(`/${canary}`));
    const patchOperations = all
      .filter((each) => !ofCanary.includes(each))
      .map((each) => (each.op === "copy" ? promoted(each, object(stage[canary])) : each));
    const reply = patchOperations.length > 0 ? await forward({ body: JSON.stringify({ patchOperations }) }) : before;
    if (!isSuccess(reply)) return reply;
    if (ofCanary.length > 0) overlay.set(request, request.path, patchedCanary(stage, ofCanary));
    return editJson(reply, (body) => complete(request, body));
  };

  return {
    "POST /restapis/{api}/stages": async (request, forward) => {
      const sent = pick(parseJson(request.body), [canary]);
      return editJson(await forward(), (stage) => {
        if (sent[canary] !== undefined) overlay.set(request, `${request.path}/${text(stage.stageName)}`, sent);
        return complete(request, stage);
      });
    },
    "GET /restapis/{api}/stages": async (request, forward) =>
      editJson(await forward(), (body) => ({
        ...body,
        item: objects(body.item).map((stage) => complete(request, stage)),
      })),
    "PATCH /restapis/{api}/stages/{stage}": update,
  };
}

/** The deployment of a canary becomes that of the stage by a copy. */
function promoted(operation: JsonObject, { deploymentId }: JsonObject): JsonObject {
  return operation.from === `/${canary}/deploymentId`
    ? { op: "replace", path: operation.path, value: deploymentId }
    : operation;
}

function patchedCanary(stage: JsonObject, patchOperations: readonly JsonObject[]): JsonObject {
  const patched = patchedProperties(stage, { patchOperations });
  const settings = object(patched[canary]);
  const { percentTraffic } = settings;
  return percentTraffic === undefined ? patched : { [canary]: { ...settings, percentTraffic: Number(percentTraffic) } };
}
