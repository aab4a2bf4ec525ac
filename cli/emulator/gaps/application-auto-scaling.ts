import type { Gap } from "../proxy/gap";
import { isSuccess, jsonReply } from "../wire/edit";
import { list, object, parseJson, text, type JsonObject } from "../wire/json";
import { Memory } from "../wire/memory";

/** moto has no tags of scalable targets; shown by every `aws_appautoscaling_target`, whose read asks for them. */
export function applicationAutoScaling(): Gap {
  const tags = new Memory<JsonObject>();
  return {
    service: "application-autoscaling",
    handlers: {
      RegisterScalableTarget: async (request, forward) => {
        const reply = await forward();
        const { Tags } = parseJson(request.body);
        if (isSuccess(reply) && Tags !== undefined) {
          tags.of(request).set(text(parseJson(reply.body).ScalableTargetARN), object(Tags));
        }
        return reply;
      },
      TagResource: (request) => {
        const { ResourceARN, Tags } = parseJson(request.body);
        const known = tags.of(request);
        known.set(text(ResourceARN), { ...known.get(text(ResourceARN)), ...object(Tags) });
        return jsonReply({});
      },
      UntagResource: (request) => {
        const { ResourceARN, TagKeys } = parseJson(request.body);
        const known = tags.of(request);
        const rest = Object.entries(known.get(text(ResourceARN)) ?? {}).filter(([key]) => !list(TagKeys).includes(key));
        known.set(text(ResourceARN), Object.fromEntries(rest));
        return jsonReply({});
      },
      ListTagsForResource: (request) => {
        const { ResourceARN } = parseJson(request.body);
        return jsonReply({ Tags: tags.of(request).get(text(ResourceARN)) ?? {} });
      },
    },
  };
}
