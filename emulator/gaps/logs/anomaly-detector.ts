import { randomUUID } from "node:crypto";
import type { Handlers } from "../../proxy/gap";
import { jsonError, jsonReply } from "../../wire/edit";
import { object, omit, parseJson, text, type JsonObject } from "../../wire/json";
import { Memory } from "../../wire/memory";
import { Tags } from "../../wire/tags";

/** moto has no anomaly detectors of logs; shown by `aws_cloudwatch_log_anomaly_detector`. */
export function anomalyDetectors(): Handlers {
  const detectors = new Memory<JsonObject>();
  const tags = new Tags();
  return {
    CreateLogAnomalyDetector: (request) => {
      const sent = parseJson(request.body);
      const anomalyDetectorArn = `arn:aws:logs:${request.region}:${request.account}:anomaly-detector:${randomUUID()}`;
      const creationTimeStamp = Date.now();
      const anomalyDetectorStatus = "ANALYZING";
      detectors.of(request).set(anomalyDetectorArn, {
        ...omit(sent, ["tags"]),
        anomalyDetectorArn,
        anomalyDetectorStatus,
        creationTimeStamp,
        lastModifiedTimeStamp: creationTimeStamp,
      });
      tags.add(request, anomalyDetectorArn, sent.tags);
      return jsonReply({ anomalyDetectorArn });
    },
    GetLogAnomalyDetector: (request) => {
      const detector = detectors.of(request).get(text(parseJson(request.body).anomalyDetectorArn));
      return detector ? jsonReply(detector) : jsonError("ResourceNotFoundException", "There is no such detector.");
    },
    UpdateLogAnomalyDetector: (request) => {
      const { enabled, ...sent } = parseJson(request.body);
      const arn = text(sent.anomalyDetectorArn);
      const anomalyDetectorStatus = enabled === false ? "PAUSED" : "ANALYZING";
      const known = object(detectors.of(request).get(arn));
      detectors.of(request).set(arn, { ...known, ...sent, anomalyDetectorStatus });
      return jsonReply({});
    },
    DeleteLogAnomalyDetector: (request) => {
      detectors.of(request).delete(text(parseJson(request.body).anomalyDetectorArn));
      return jsonReply({});
    },
    ListLogAnomalyDetectors: (request) => jsonReply({ anomalyDetectors: [...detectors.of(request).values()] }),
    ListTagsForResource: async (request, forward) => {
      const arn = parseJson(request.body).resourceArn;
      return tags.has(request, arn) ? jsonReply({ tags: tags.of(request, arn) }) : forward();
    },
    TagResource: async (request, forward) => {
      const { resourceArn, tags: sent } = parseJson(request.body);
      if (!tags.has(request, resourceArn)) return forward();
      tags.add(request, resourceArn, sent);
      return jsonReply({});
    },
    UntagResource: async (request, forward) => {
      const { resourceArn, tagKeys } = parseJson(request.body);
      if (!tags.has(request, resourceArn)) return forward();
      tags.remove(request, resourceArn, tagKeys);
      return jsonReply({});
    },
  };
}
