import { stackOf, ingresses } from "../../../fixtures/stage";

const deployed = (deployment: object) => stackOf({ deployment }, { ingress: ingresses.alb });
const alarmOf = (deployment: object) =>
  deployed(deployment).resource("aws_cloudwatch_metric_alarm.services_orders_rollout_errors");
const group = (suffix = "") => ({
  LoadBalancer: "${aws_lb.ingress_public_alb.arn_suffix}",
  TargetGroup: `\${aws_lb_target_group.ingress_public_alb_targets_orders${suffix}.arn_suffix}`,
});
const count = (id: string, metric_name: string, dimensions: object) => ({
  id,
  metric: { namespace: "AWS/ApplicationELB", metric_name, dimensions, period: 60, stat: "Sum" },
});

describe("the alarm that rolls a deployment back", () => {
  it("is created only when configured", () => {
    const stack = deployed({ strategy: "rolling" });
    expect(stack.resource("aws_ecs_service.services_orders")).not.toHaveProperty("alarms");
    expect(stack.all("aws_cloudwatch_metric_alarm")).toEqual({});
  });

  it("makes ECS roll the deployment back", () => {
    const stack = deployed({ strategy: "rolling", rollbackOnErrors: {} });
    expect(stack.resource("aws_ecs_service.services_orders")?.alarms).toEqual({
      alarm_names: ["${aws_cloudwatch_metric_alarm.services_orders_rollout_errors.alarm_name}"],
      enable: true,
      rollback: true,
    });
  });

  it("is in alarm when more than 5 % of at least 20 requests a minute are 5xx of the targets for 3 minutes", () => {
    expect(alarmOf({ strategy: "rolling", rollbackOnErrors: {} })).toMatchObject({
      alarm_name: "shop-orders-rollback-target-5xx-high-dev01",
      comparison_operator: "GreaterThanThreshold",
      threshold: 5,
      evaluation_periods: 3,
      datapoints_to_alarm: 3,
      treat_missing_data: "notBreaching",
      metric_query: [
        count("errors0", "HTTPCode_Target_5XX_Count", group()),
        count("requests0", "RequestCount", group()),
        {
          id: "share",
          expression: "IF((FILL(requests0, 0)) >= 20, 100 * (FILL(errors0, 0)) / (FILL(requests0, 0)), 0)",
          return_data: true,
        },
      ],
    });
  });

  it("counts both target groups of a service with traffic shifting, with the configured limits", () => {
    const alarm = alarmOf({ strategy: "blue-green", rollbackOnErrors: { percent: 10, minimumRequests: 100 } });
    const total = (what: string) => `FILL(${what}0, 0) + FILL(${what}1, 0)`;
    expect(alarm).toMatchObject({
      threshold: 10,
      metric_query: [
        count("errors0", "HTTPCode_Target_5XX_Count", group()),
        count("requests0", "RequestCount", group()),
        count("errors1", "HTTPCode_Target_5XX_Count", group("_alternate")),
        count("requests1", "RequestCount", group("_alternate")),
        { expression: `IF((${total("requests")}) >= 100, 100 * (${total("errors")}) / (${total("requests")}), 0)` },
      ],
    });
  });
});
