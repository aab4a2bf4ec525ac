import { randomUUID } from "node:crypto";
import type { AwsRequest, Forward, Gap, Handlers, Reply } from "../proxy/gap";
import { Store, Tags } from "../store";
import { object, objects, omit, parseJson, text, type JsonObject, type JsonValue } from "../wire/json";
import { editJson, isSuccess, jsonError, jsonReply } from "../wire/reply";

/** What moto does not emulate of CloudWatch Logs. */
export function logs(): Gap {
  const policies = new Store<JsonObject>();
  return {
    service: "logs",
    handlers: {
      ...logGroups(policies),
      ...resourcePolicies(policies),
      ...metricFilters(),
      ...queryDefinitions(),
      ...anomalyDetectors(),
      ...dataProtection(),
    },
  };
}

/**
 * moto loses the class of a log group, which the provider shows as a difference, and cannot change its key; affects
 * `aws_cloudwatch_log_group`.
 */
function logGroups(policies: Store<JsonObject>): Handlers {
  const keys = new Store<JsonValue>();
  const classes = new Store<string>();
  const setKey = async (request: AwsRequest, forward: Forward): Promise<Reply> => {
    const { logGroupName, resourceIdentifier, kmsKeyId } = parseJson(request.body);
    const name = text(logGroupName) || (/log-group:([^:]+)/.exec(text(resourceIdentifier))?.[1] ?? "");
    const headers = { "x-amz-target": "Logs_20140328.DescribeLogGroups" };
    const found = await forward({ headers, body: JSON.stringify({ logGroupNamePrefix: name }) });
    const exists = objects(parseJson(found.body).logGroups).some((group) => group.logGroupName === name);
    if (!exists) return jsonError("ResourceNotFoundException", "The specified log group does not exist.");
    keys.of(request).set(name, kmsKeyId);
    return jsonReply({});
  };
  return {
    CreateLogGroup: async (request, forward) => {
      const reply = await forward();
      const { logGroupName, logGroupClass } = parseJson(request.body);
      if (isSuccess(reply) && text(logGroupClass) !== "") {
        classes.of(request).set(text(logGroupName), text(logGroupClass));
      }
      return reply;
    },
    AssociateKmsKey: setKey,
    DisassociateKmsKey: setKey,
    DeleteLogGroup: async (request, forward) => {
      const reply = await forward();
      if (!isSuccess(reply)) return reply;
      const name = text(parseJson(request.body).logGroupName);
      keys.of(request).delete(name);
      classes.of(request).delete(name);
      for (const arn of policies.of(request).keys()) {
        if (arn.endsWith(`:log-group:${name}`)) policies.of(request).delete(arn);
      }
      return reply;
    },
    DescribeLogGroups: async (request, forward) => {
      const reply = await forward();
      const groups = objects(parseJson(reply.body).logGroups);
      if (!isSuccess(reply) || groups.length === 0) return reply;
      const { logGroupClass: wanted } = parseJson(request.body);
      const completed = groups.map((group) => {
        const name = text(group.logGroupName);
        const kept = keys.of(request);
        const logGroupClass = classes.of(request).get(name) ?? "STANDARD";
        return { ...group, logGroupClass, ...(kept.has(name) && { kmsKeyId: kept.get(name) }) };
      });
      const logGroups = completed.filter(({ logGroupClass }) => wanted === undefined || wanted === logGroupClass);
      return editJson(reply, (body) => ({ ...body, logGroups }));
    },
  };
}

/** moto stores the policy of one log group as a policy of the account, of which there are ten. */
function resourcePolicies(policies: Store<JsonObject>): Handlers {
  return {
    PutResourcePolicy: (request, forward) => {
      const { resourceArn, policyDocument } = parseJson(request.body);
      if (text(resourceArn) === "") return forward();
      const revisionId = randomUUID();
      const policyScope = "RESOURCE";
      const policy = { resourceArn, policyDocument, policyScope, revisionId, lastUpdatedTime: Date.now() };
      policies.of(request).set(text(resourceArn), policy);
      return jsonReply({ resourcePolicy: policy, revisionId });
    },
    DescribeResourcePolicies: (request, forward) => {
      const { resourceArn, policyScope } = parseJson(request.body);
      if (text(resourceArn) === "" && policyScope !== "RESOURCE") return forward();
      const all = [...policies.of(request).values()];
      const named = all.filter((policy) => text(resourceArn) === "" || policy.resourceArn === resourceArn);
      return jsonReply({ resourcePolicies: named });
    },
    DeleteResourcePolicy: (request, forward) => {
      const { resourceArn } = parseJson(request.body);
      if (text(resourceArn) === "") return forward();
      return policies.of(request).delete(text(resourceArn))
        ? jsonReply({})
        : jsonError("ResourceNotFoundException", "The resource policy does not exist.");
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
