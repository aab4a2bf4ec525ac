import type { Gap } from "../proxy/gap";
import { isSuccess, jsonReply } from "../wire/edit";
import { parseJson } from "../wire/json";
import { Tags } from "../wire/tags";

/** moto has no tags of scalable targets; shown by every `aws_appautoscaling_target`, whose read asks for them. */
export function applicationAutoScaling(): Gap {
  const tags = new Tags();
  return {
    service: "application-autoscaling",
    handlers: {
      RegisterScalableTarget: async (request, forward) => {
        const reply = await forward();
        if (isSuccess(reply)) {
          tags.add(request, parseJson(reply.body).ScalableTargetARN, parseJson(request.body).Tags);
        }
        return reply;
      },
      TagResource: (request) => {
        const { ResourceARN, Tags: sent } = parseJson(request.body);
        tags.add(request, ResourceARN, sent);
        return jsonReply({});
      },
      UntagResource: (request) => {
        const { ResourceARN, TagKeys } = parseJson(request.body);
        tags.remove(request, ResourceARN, TagKeys);
        return jsonReply({});
      },
      ListTagsForResource: (request) => jsonReply({ Tags: tags.of(request, parseJson(request.body).ResourceARN) }),
    },
  };
}
