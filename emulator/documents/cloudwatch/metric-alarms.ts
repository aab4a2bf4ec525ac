import { list, object, objects, text, type JsonObject, type JsonValue } from "../../wire/json";
import { firstDuplicate, firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { invalidValue } from "../refusals";
import { isSet, numberOf } from "../values";
import { isExtendedStatistic } from "./extended-statistic";

/** What an alarm watches, over how many periods, and against which threshold. */
export const metricAlarms: DocumentCheck = {
  service: "monitoring",
  operations: ["PutMetricAlarm"],
  source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html",
  check: (input) => firstRefusal([watched, queries, statistics, periods, threshold, words, actions], input),
};

/** ARNs of an alarm's actions. */
export const alarmActions: DocumentCheck = {
  service: "monitoring",
  operations: ["PutCompositeAlarm"],
  source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html",
  check: actions,
};

/** Metrics that a caller writes. */
export const customMetrics: DocumentCheck = {
  service: "monitoring",
  operations: ["PutMetricData"],
  source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html",
  check: ({ Namespace }) =>
    text(Namespace).startsWith("AWS/") ? invalidValue("The value AWS/ for parameter Namespace is invalid.") : undefined,
};

const oneMetric = ["MetricName", "Namespace", "Dimensions", "Period", "Unit", "Statistic", "ExtendedStatistic"];
const anomalyOperators = [
  "LessThanLowerOrGreaterThanUpperThreshold",
  "LessThanLowerThreshold",
  "GreaterThanUpperThreshold",
];
const simpleStatistics = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"];
const hour = 3600;
const day = 24 * hour;

/** The refusal of an alarm or a dashboard. */
export function validationError(message: string): Refusal {
  return { code: "ValidationError", message };
}

function watched(input: JsonObject): Refusal | undefined {
  if (isSet(input.EvaluationCriteria)) return undefined;
  if (objects(input.Metrics).length > 0) {
    const extra = oneMetric.find((name) => isSet(input[name]) && !isEmptyList(input[name]));
    return extra === undefined ? undefined : validationError(`${extra} should not be set if list of Metrics is set.`);
  }
  const missing = ["MetricName", "Namespace", "Period"].find((name) => !isSet(input[name]));
  if (missing !== undefined) return validationError(`${missing} must not be null`);
  const duplicate = firstDuplicate(objects(input.Dimensions).map(({ Name }) => text(Name)));
  return duplicate === undefined ? undefined : validationError(`Duplicate dimension name: ${duplicate}`);
}

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html
function queries({ Metrics, ThresholdMetricId }: JsonObject): Refusal | undefined {
  const all = objects(Metrics);
  if (all.length === 0) return undefined;
  if (all.some(({ Expression, MetricStat }) => isSet(Expression) && isSet(MetricStat))) {
    return validationError(
      "The parameters MetricDataQuery Expression and MetricStat are mutually exclusive and you have specified both.",
    );
  }
  if (all.some(({ Expression, MetricStat }) => !isSet(Expression) && !isSet(MetricStat))) {
    return validationError("Either MetricDataQuery Expression or MetricStat must be specified.");
  }
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-search-expressions.html
  if (all.some(({ Expression }) => /\bSEARCH\s*\(/i.test(withoutQuotes(text(Expression))))) {
    return validationError("SEARCH is not supported on Metric Alarms");
  }
  const ids = all.map(({ Id }) => text(Id));
  const invalid = ids.find((id) => !/^[a-z]\w*$/.test(id));
  if (invalid !== undefined) return validationError(`Invalid metrics list: '${invalid}' is not a valid id.`);
  if (firstDuplicate(ids) !== undefined) return validationError("Metrics list must have unique ids.");
  const lost = unknownId(all, ids);
  if (lost !== undefined) return validationError(`Invalid metrics list: the id ${lost} in an expression is unknown.`);
  const returned = all.filter(({ ReturnData }) => ReturnData !== false).length;
  if (!isSet(ThresholdMetricId)) {
    return returned === 1 ? undefined : validationError("Exactly one element of the metrics list should return data.");
  }
  if (returned !== 2) return validationError("Exactly two elements of the metrics list should return data.");
  return ids.includes(text(ThresholdMetricId))
    ? undefined
    : validationError("ThresholdMetricId must be the id of an element of the metrics list.");
}

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
function unknownId(queries: readonly JsonObject[], ids: readonly string[]): string | undefined {
  return (
    queries
      .map(({ Expression }) => text(Expression))
      // Queries have the names of metrics.
      .filter((expression) => !/['"]|^\s*SELECT\b/i.test(expression))
      .flatMap((expression) => expression.match(/\b[a-z]+\d+\b/g) ?? [])
      .find((id) => !ids.includes(id))
  );
}

function statistics({ MetricName, Statistic, ExtendedStatistic, Metrics }: JsonObject): Refusal | undefined {
  if (isSet(MetricName) && isSet(Statistic) === isSet(ExtendedStatistic)) {
    return validationError("Exactly one of Statistic and ExtendedStatistic must be specified.");
  }
  if (isSet(ExtendedStatistic) && !isExtendedStatistic(text(ExtendedStatistic))) {
    return invalidValue(`The value ${text(ExtendedStatistic)} for parameter ExtendedStatistic is not supported.`);
  }
  const stat = objects(Metrics)
    .filter(({ MetricStat }) => isSet(MetricStat))
    .map(({ MetricStat }) => text(object(MetricStat).Stat))
    .find((name) => !simpleStatistics.includes(name) && !isExtendedStatistic(name));
  return stat === undefined ? undefined : validationError(`The value ${stat} for parameter Stat is not supported.`);
}

function periods({ Period, EvaluationPeriods, DatapointsToAlarm, Metrics }: JsonObject): Refusal | undefined {
  const all = [Period, ...objects(Metrics).flatMap((query) => [query.Period, object(query.MetricStat).Period])]
    .map(numberOf)
    .filter((period) => period !== undefined);
  if (all.some((period) => ![10, 20, 30].includes(period) && period % 60 !== 0)) {
    return validationError("Period must be 10, 20, 30 or a multiple of 60");
  }
  const count = numberOf(EvaluationPeriods);
  if (count === undefined) return undefined;
  if ((numberOf(DatapointsToAlarm) ?? 0) > count) {
    return validationError("DatapointsToAlarm must be less than or equal to EvaluationPeriods");
  }
  // The period of an expression is that of its metrics; where those differ, the shortest refuses the least.
  const period = Math.min(...all);
  const limit = period < hour ? day : 7 * day;
  return all.length > 0 && period * count > limit
    ? validationError(
        `Metrics cannot be checked across more than ${limit === day ? "a day" : "seven days"} (EvaluationPeriods * Period must be <= ${limit}).`,
      )
    : undefined;
}

function threshold(input: JsonObject): Refusal | undefined {
  if (isSet(input.EvaluationCriteria)) return undefined;
  const missing = ["ComparisonOperator", "EvaluationPeriods"].find((name) => !isSet(input[name]));
  if (missing !== undefined) return validationError(`${missing} must not be null`);
  const { Threshold, ThresholdMetricId, ComparisonOperator } = input;
  if (isSet(Threshold) && isSet(ThresholdMetricId)) {
    return validationError("Threshold and ThresholdMetricId cannot both be set");
  }
  if (!isSet(Threshold) && !isSet(ThresholdMetricId)) return validationError("Threshold must not be null");
  return anomalyOperators.includes(text(ComparisonOperator)) === isSet(ThresholdMetricId)
    ? undefined
    : validationError(
        `ComparisonOperator ${text(ComparisonOperator)} is ${isSet(ThresholdMetricId) ? "not supported with" : "only supported with"} ThresholdMetricId`,
      );
}

/** Words that the API model has as any text. */
function words({ TreatMissingData, EvaluateLowSampleCountPercentile }: JsonObject): Refusal | undefined {
  const options = [
    [TreatMissingData, ["breaching", "notBreaching", "ignore", "missing"]],
    [EvaluateLowSampleCountPercentile, ["evaluate", "ignore"]],
  ] as const;
  const wrong = options.find(([value, values]) => isSet(value) && !values.some((word) => word === value));
  return wrong
    ? validationError(`Option ${text(wrong[0])} is not supported, valid options are: ${wrong[1].join(", ")}`)
    : undefined;
}

function actions({ AlarmActions, OKActions, InsufficientDataActions }: JsonObject): Refusal | undefined {
  const arns = [AlarmActions, OKActions, InsufficientDataActions].flatMap((all) => list(all).map(text));
  const invalid = arns.find((arn) => !/^arn:[\w-]+:[\w-]+:[^:]*:[^:]*:.+/.test(arn));
  if (invalid !== undefined) return validationError(`Invalid arn syntax: ${invalid}`);
  const queue = arns.find((arn) => /^arn:[\w-]+:sqs:/.test(arn));
  return queue === undefined ? undefined : validationError(`Unsupported alarm action: ${queue}`);
}

function withoutQuotes(expression: string): string {
  return expression.replace(/'[^']*'|"[^"]*"/g, "");
}

function isEmptyList(value: JsonValue): boolean {
  return Array.isArray(value) && value.length === 0;
}
