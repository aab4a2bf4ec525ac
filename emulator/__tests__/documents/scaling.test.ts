import type { JsonObject } from "../../wire/json";
import { refusalOf } from "./refusal";

const service = {
  ServiceNamespace: "ecs",
  ResourceId: "service/shop/web",
  ScalableDimension: "ecs:service:DesiredCount",
};

describe("a scalable target", () => {
  const message = (change: JsonObject) =>
    refusalOf("application-autoscaling", "RegisterScalableTarget", {
      ...service,
      MinCapacity: 0,
      MaxCapacity: 4,
      ...change,
    })?.message;

  it("has a minimum up to its maximum", () => {
    expect(message({})).toBeUndefined();
    expect(message({ MinCapacity: undefined })).toBeUndefined();
    expect(message({ MinCapacity: 5 })).toBe("Maximum capacity cannot be less than minimum capacity");
    expect(message({ MinCapacity: -1 })).toMatch(/less than 0/);
  });

  it("has a dimension of its service", () => {
    expect(message({ ServiceNamespace: "dynamodb" })).toMatch(/^Unsupported service namespace/);
  });
});

describe("a scaling policy", () => {
  const put = (change: JsonObject) =>
    refusalOf("application-autoscaling", "PutScalingPolicy", { ...service, PolicyName: "cpu", ...change })?.message;
  const track = (configuration: JsonObject, change: JsonObject = {}) =>
    put({
      PolicyType: "TargetTrackingScaling",
      TargetTrackingScalingPolicyConfiguration: { TargetValue: 60, ...configuration },
      ...change,
    });
  const predefined = (PredefinedMetricType: string, ResourceLabel?: string) =>
    track({ PredefinedMetricSpecification: { PredefinedMetricType, ResourceLabel } });
  const step = (...StepAdjustments: readonly JsonObject[]) =>
    put({
      PolicyType: "StepScaling",
      StepScalingPolicyConfiguration: { AdjustmentType: "ChangeInCapacity", StepAdjustments },
    });
  const interval = (lower?: number, upper?: number) => ({
    MetricIntervalLowerBound: lower,
    MetricIntervalUpperBound: upper,
    ScalingAdjustment: 1,
  });
  const query = (Id: string, ReturnData: boolean) => ({ Id, ReturnData });

  it("tracks one metric of its service", () => {
    expect(predefined("ECSServiceAverageCPUUtilization")).toBeUndefined();
    expect(predefined("DynamoDBReadCapacityUtilization")).toMatch(/not supported for service namespace ecs$/);
    expect(track({})).toMatch(/^Exactly one of PredefinedMetricSpecification/);
    expect(put({ PolicyType: "TargetTrackingScaling" })).toMatch(/PolicyConfiguration must be specified/);
  });

  it("has a target above 0", () => {
    const target = (TargetValue: number) =>
      track({
        TargetValue,
        PredefinedMetricSpecification: { PredefinedMetricType: "ECSServiceAverageCPUUtilization" },
      });
    expect(target(0.5)).toBeUndefined();
    expect([target(0), target(-1)]).toEqual(Array(2).fill("TargetValue must be greater than 0"));
  });

  it("names the target group whose requests it counts", () => {
    expect(
      predefined("ALBRequestCountPerTarget", "app/shop/0123456789abcdef/targetgroup/web/0123456789abcdef"),
    ).toBeUndefined();
    expect(predefined("ALBRequestCountPerTarget")).toBe(
      "Resource label should be specified for predefined metric type ALBRequestCountPerTarget",
    );
    expect(predefined("ALBRequestCountPerTarget", "targetgroup/web/0123456789abcdef")).toMatch(/is not valid/);
  });

  it("tracks a metric of its own or one expression", () => {
    const customized = (CustomizedMetricSpecification: JsonObject) => track({ CustomizedMetricSpecification });
    expect(customized({ MetricName: "Depth", Namespace: "shop", Statistic: "Average" })).toBeUndefined();
    expect(customized({ Metrics: [query("a", false), query("b", true)] })).toBeUndefined();
    expect(customized({ Metrics: [query("a", false)] })).toMatch(/^Exactly one element/);
    expect(customized({ MetricName: "Depth" })).toMatch(/must be specified for a customized metric/);
  });

  it("steps through intervals that follow each other", () => {
    expect(step(interval(0))).toBeUndefined();
    expect(step(interval(undefined, 0))).toBeUndefined();
    expect(step(interval(10), interval(0, 10))).toBeUndefined();
    expect(step()).toMatch(/^At least one step adjustment/);
    expect(step(interval())).toMatch(/^Both lower and upper bounds/);
    expect(step(interval(10, 0))).toMatch(/must be less than its upper bound/);
    expect(step(interval(0, 10), interval(20))).toMatch(/overlap or have a gap/);
    expect(step(interval(0, 10), interval(5))).toMatch(/overlap or have a gap/);
    const minimum = { AdjustmentType: "ChangeInCapacity", StepAdjustments: [interval(0)], MinAdjustmentMagnitude: 1 };
    expect(put({ StepScalingPolicyConfiguration: minimum })).toMatch(/^MinAdjustmentMagnitude is only supported/);
    expect(step(...Array.from({ length: 21 }, (_, index) => interval(index, index + 1)))).toMatch(/at most 20/);
  });
});
