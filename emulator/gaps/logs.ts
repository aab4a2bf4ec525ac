import { randomUUID } from "node:crypto";
import type { Gap, Handlers } from "../proxy/gap";
import { Store, Tags } from "../store";
import { object, objects, omit, parseJson, text, type JsonObject } from "../wire/json";
import { editJson, jsonError, jsonReply } from "../wire/reply";

/** What moto does not emulate of CloudWatch Logs. */
export function logs(): Gap {
  return {
    service: "logs",
    handlers: {
      ...logGroups(),
      ...metricFilters(),
      ...queryDefinitions(),
      ...anomalyDetectors(),
      ...dataProtection(),
    },
  };
}

/** moto returns no class of a log group, which the provider shows as a difference; affects `aws_cloudwatch_log_group`. */
function logGroups(): Handlers {
  return {
    DescribeLogGroups: async (_, forward) => {
      const reply = await forward();
      // A reply without gaps is passed through unchanged.
      if (objects(parseJson(reply.body).logGroups).every(({ logGroupClass }) => logGroupClass != null)) return reply;
      return editJson(reply, (body) => ({
        ...body,
        logGroups: objects(body.logGroups).map((group) => ({ logGroupClass: "STANDARD", ...group })),
      }));
    },
  };
}

/** moto adds a second filter when one is put with the same name; affects `aws_cloudwatch_log_metric_filter`. */
function metricFilters(): Handlers {
  return {
    PutMetricFilter: async ({ body }, forward) => {
      const { filterName, logGroupName } = parseJson(body);
      const headers = { "x-amz-target": "Logs_20140328.DeleteMetricFilter" };
      await forward({ headers, body: JSON.stringify({ filterName, logGroupName }) });
      return forward();
    },
  };
}

/** moto lacks saved queries of Logs Insights; affects `aws_cloudwatch_query_definition`. */
function queryDefinitions(): Handlers {
  const definitions = new Store<JsonObject>();
  return {
    PutQueryDefinition: (request) => {
      const sent = omit(parseJson(request.body), ["clientToken"]);
      const queryDefinitionId = text(sent.queryDefinitionId) || randomUUID();
      definitions.of(request).set(queryDefinitionId, { ...sent, queryDefinitionId, lastModified: Date.now() });
      return jsonReply({ queryDefinitionId });
    },
    DescribeQueryDefinitions: (request) => {
      const prefix = text(parseJson(request.body).queryDefinitionNamePrefix);
      const all = [...definitions.of(request).values()];
      return jsonReply({ queryDefinitions: all.filter(({ name }) => text(name).startsWith(prefix)) });
    },
    DeleteQueryDefinition: (request) => {
      const success = definitions.of(request).delete(text(parseJson(request.body).queryDefinitionId));
      return jsonReply({ success });
    },
  };
}

/** moto lacks anomaly detectors of log groups; affects `aws_cloudwatch_log_anomaly_detector`. */
function anomalyDetectors(): Handlers {
  const detectors = new Store<JsonObject>();
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
      return detector
        ? jsonReply(detector)
        : jsonError("ResourceNotFoundException", "The anomaly detector does not exist.");
    },
    UpdateLogAnomalyDetector: (request) => {
      const { enabled, ...sent } = parseJson(request.body);
      const arn = text(sent.anomalyDetectorArn);
      const anomalyDetectorStatus = enabled === false ? "PAUSED" : "ANALYZING";
      const before = object(detectors.of(request).get(arn));
      detectors.of(request).set(arn, { ...before, ...sent, anomalyDetectorStatus });
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

/** moto lacks data protection policies of log groups; affects `aws_cloudwatch_log_data_protection_policy`. */
function dataProtection(): Handlers {
  const policies = new Store<JsonObject>();
  return {
    PutDataProtectionPolicy: (request) => {
      const policy = { ...parseJson(request.body), lastUpdatedTime: Date.now() };
      policies.of(request).set(text(parseJson(request.body).logGroupIdentifier), policy);
      return jsonReply(policy);
    },
    GetDataProtectionPolicy: (request) => {
      const { logGroupIdentifier } = parseJson(request.body);
      return jsonReply(policies.of(request).get(text(logGroupIdentifier)) ?? { logGroupIdentifier });
    },
    DeleteDataProtectionPolicy: (request) => {
      policies.of(request).delete(text(parseJson(request.body).logGroupIdentifier));
      return jsonReply({});
    },
  };
}
