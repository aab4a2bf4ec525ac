import { object, objects, text, type JsonObject, type JsonValue } from "../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "./document";
import { validationException as invalid } from "./refusals";
import { isObject, isSet, numberOf } from "./values";

/** The capacity of a scalable target. */
export const scalableTargets: DocumentCheck = {
  service: "application-autoscaling",
  operations: ["RegisterScalableTarget"],
  source: "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
  check: ({ MinCapacity, MaxCapacity, ServiceNamespace, ScalableDimension }) => {
    const [minimum, maximum] = [numberOf(MinCapacity), numberOf(MaxCapacity)];
    if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
      return invalid("Maximum capacity cannot be less than minimum capacity");
    }
    if (minimum !== undefined && minimum < 0) return invalid("Minimum capacity cannot be less than 0");
    return text(ScalableDimension).startsWith(`${text(ServiceNamespace)}:`)
      ? undefined
      : invalid(
          `Unsupported service namespace, resource type or scalable dimension: ${text(ServiceNamespace)}, ${text(ScalableDimension)}`,
        );
  },
};

/** What a scaling policy tracks or how far it steps. */
export const scalingPolicies: DocumentCheck = {
  service: "application-autoscaling",
  operations: ["PutScalingPolicy"],
  source: "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html",
  check: (input) => firstRefusal([configuration, target, metric, predefined, customized, steps], input),
};

/** The service of each predefined metric, by the start of its name. */
const metricServices = [
  ["ECSService", "ecs"],
  ["DynamoDB", "dynamodb"],
  ["RDSReader", "rds"],
  ["EC2SpotFleet", "ec2"],
  ["SageMaker", "sagemaker"],
  ["Comprehend", "comprehend"],
  ["Lambda", "lambda"],
  ["Cassandra", "cassandra"],
  ["Kafka", "kafka"],
  ["ElastiCache", "elasticache"],
  ["Neptune", "neptune"],
  ["AppStream", "appstream"],
  ["WorkSpaces", "workspaces"],
] as const;

function configuration(input: JsonObject): Refusal | undefined {
  const wrong = ["StepScaling", "TargetTrackingScaling"].find(
    (type) => type === input.PolicyType && !isObject(input[`${type}PolicyConfiguration`]),
  );
  return wrong === undefined
    ? undefined
    : invalid(`${wrong}PolicyConfiguration must be specified for a ${wrong} policy`);
}

// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html
function target(input: JsonObject): Refusal | undefined {
  const value = numberOf(tracking(input).TargetValue);
  return value !== undefined && value <= 0 ? invalid("TargetValue must be greater than 0") : undefined;
}

function tracking(input: JsonObject): JsonObject {
  return object(input.TargetTrackingScalingPolicyConfiguration);
}

function metric(input: JsonObject): Refusal | undefined {
  if (!isSet(input.TargetTrackingScalingPolicyConfiguration)) return undefined;
  const { PredefinedMetricSpecification, CustomizedMetricSpecification } = tracking(input);
  return isSet(PredefinedMetricSpecification) === isSet(CustomizedMetricSpecification)
    ? invalid("Exactly one of PredefinedMetricSpecification and CustomizedMetricSpecification must be specified")
    : undefined;
}

// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredefinedMetricSpecification.html
function predefined(input: JsonObject): Refusal | undefined {
  const { PredefinedMetricType, ResourceLabel } = object(tracking(input).PredefinedMetricSpecification);
  const type = text(PredefinedMetricType);
  const service = metricServices.find(([start]) => type.startsWith(start))?.[1];
  if (service !== undefined && service !== input.ServiceNamespace) {
    return invalid(
      `Predefined metric type ${type} is not supported for service namespace ${text(input.ServiceNamespace)}`,
    );
  }
  if (type !== "ALBRequestCountPerTarget") return undefined;
  if (text(ResourceLabel) === "") {
    return invalid("Resource label should be specified for predefined metric type ALBRequestCountPerTarget");
  }
  return /^app\/[\w-]+\/[\da-z]+\/targetgroup\/[\w-]+\/[\da-z]+$/.test(text(ResourceLabel))
    ? undefined
    : invalid(`Resource label ${text(ResourceLabel)} is not valid for predefined metric type ALBRequestCountPerTarget`);
}

// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_CustomizedMetricSpecification.html
function customized(input: JsonObject): Refusal | undefined {
  const specification = tracking(input).CustomizedMetricSpecification;
  if (!isSet(specification)) return undefined;
  const { MetricName, Namespace, Statistic, Metrics } = object(specification);
  const queries = objects(Metrics);
  if (queries.length > 0) {
    const returned = queries.filter(({ ReturnData }) => ReturnData !== false).length;
    return returned === 1 ? undefined : invalid("Exactly one element of the metrics list should return data.");
  }
  return [MetricName, Namespace, Statistic].every((value) => text(value) !== "")
    ? undefined
    : invalid("MetricName, Namespace and Statistic, or Metrics, must be specified for a customized metric");
}

// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_StepAdjustment.html
function steps({ StepScalingPolicyConfiguration }: JsonObject): Refusal | undefined {
  if (!isSet(StepScalingPolicyConfiguration)) return undefined;
  const { StepAdjustments, MinAdjustmentMagnitude, AdjustmentType } = object(StepScalingPolicyConfiguration);
  const all = objects(StepAdjustments).map(interval);
  if (all.length === 0) return invalid("At least one step adjustment must be specified");
  if (all.length > 20) return invalid("There can be at most 20 step adjustments per scaling policy");
  if (isSet(MinAdjustmentMagnitude) && AdjustmentType !== "PercentChangeInCapacity") {
    return invalid("MinAdjustmentMagnitude is only supported with adjustment type PercentChangeInCapacity");
  }
  if (all.some(({ from, to }) => from === -Infinity && to === Infinity)) {
    return invalid("Both lower and upper bounds of a step adjustment cannot be left unspecified");
  }
  if (all.some(({ from, to }) => from >= to)) {
    return invalid("The lower bound of a step adjustment must be less than its upper bound");
  }
  const sorted = all.toSorted((one, other) => one.from - other.from);
  const isUneven = sorted.some(({ from }, index) => index > 0 && from !== sorted[index - 1]?.to);
  return isUneven ? invalid("Step adjustment intervals can't overlap or have a gap between them") : undefined;
}

function interval({ MetricIntervalLowerBound, MetricIntervalUpperBound }: JsonObject) {
  return { from: bound(MetricIntervalLowerBound, -Infinity), to: bound(MetricIntervalUpperBound, Infinity) };
}

function bound(value: JsonValue, open: number): number {
  return numberOf(value) ?? open;
}
