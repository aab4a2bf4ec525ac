import { stackOf } from "../../../fixtures/stage";

const stepped = (steps: object) => stackOf({ scaling: { minimum: 1, maximum: 4, steps } });
const alarm = (stack: ReturnType<typeof stackOf>, id: string) =>
  stack.resource(`aws_cloudwatch_metric_alarm.services_orders_scaling_steps_${id}`);
const policyAddress = (id: "add" | "remove") =>
  `aws_appautoscaling_policy.services_orders_scaling_${id === "add" ? "cpu" : "steps_remove"}`;

describe("step scaling", () => {
  const stack = stepped({});

  it("adds one task above the threshold and removes one below, then waits for five minutes", () => {
    const step = (name: string, adjustment: object) => ({
      name,
      policy_type: "StepScaling",
      step_scaling_policy_configuration: {
        adjustment_type: "ChangeInCapacity",
        cooldown: 300,
        metric_aggregation_type: "Average",
        step_adjustment: [adjustment],
      },
    });
    expect(stack.resource(policyAddress("add"))).toMatchObject(
      step("orders-add", { metric_interval_lower_bound: "0", scaling_adjustment: 1 }),
    );
    expect(stack.resource(policyAddress("remove"))).toMatchObject(
      step("orders-remove", { metric_interval_upper_bound: "0", scaling_adjustment: -1 }),
    );
  });

  it("has its policies made one after the other", () => {
    expect(stack.resource(policyAddress("add"))?.depends_on).toBeUndefined();
    expect(stack.resource(policyAddress("remove"))?.depends_on).toEqual([policyAddress("add")]);
  });

  it("replaces target tracking by CPU at its address, so that Terraform deletes the one before it puts the other", () => {
    const tracked = stackOf({ scaling: { minimum: 1, maximum: 4, cpuPercent: 60 } });
    expect(Object.keys(tracked.all("aws_appautoscaling_policy"))).toEqual(["services_orders_scaling_cpu"]);
    expect(stack.resource("aws_appautoscaling_policy.services_orders_scaling_cpu")).toHaveProperty(
      "name",
      "orders-add",
    );
    expect(tracked.resource("aws_appautoscaling_policy.services_orders_scaling_cpu")).toHaveProperty(
      "name",
      "orders-cpu",
    );
  });

  it("has one alarm for CPU of 70 % or more and one for CPU below 50 %, for 5 minutes", () => {
    const monitoringTargets = {
      namespace: "AWS/ECS",
      metric_name: "CPUUtilization",
      dimensions: {
        ClusterName: "${aws_ecs_cluster.compute.name}",
        ServiceName: "${aws_ecs_service.services_orders.name}",
      },
      statistic: "Average",
      period: 60,
      evaluation_periods: 5,
      datapoints_to_alarm: 5,
      treat_missing_data: "notBreaching",
    };
    expect(alarm(stack, "add")).toMatchObject({
      ...monitoringTargets,
      alarm_name: "shop-orders-cpu-high-dev01",
      comparison_operator: "GreaterThanOrEqualToThreshold",
      threshold: 70,
      alarm_actions: [`\${${policyAddress("add")}.arn}`],
    });
    expect(alarm(stack, "remove")).toMatchObject({
      ...monitoringTargets,
      alarm_name: "shop-orders-cpu-low-dev01",
      comparison_operator: "LessThanThreshold",
      threshold: 50,
      alarm_actions: [`\${${policyAddress("remove")}.arn}`],
    });
  });

  it("uses the configured thresholds and period", () => {
    const other = stepped({ addAtCpuPercent: 90, removeBelowCpuPercent: 20, minutes: 2 });
    expect(alarm(other, "add")).toMatchObject({ threshold: 90, evaluation_periods: 2, datapoints_to_alarm: 2 });
    expect(alarm(other, "remove")).toMatchObject({ threshold: 20, evaluation_periods: 2, datapoints_to_alarm: 2 });
    expect(other.resource(policyAddress("add"))).toHaveProperty("step_scaling_policy_configuration.cooldown", 120);
  });
});
