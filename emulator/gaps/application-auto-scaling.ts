import type { Gap } from "../proxy/gap";
import { Tags } from "../store";
import { parseJson } from "../wire/json";
import { isSuccess, jsonReply } from "../wire/reply";

/** moto lacks tags of scalable targets; affects `aws_appautoscaling_target`, which reads them. */
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
