import { minimalService, minimalWorker, stackOf, stackWith, ingresses } from "../../../fixtures/stage";

const scaled = (scaling: object, ingress: (typeof ingresses)[keyof typeof ingresses] = ingresses.alb) =>
  stackOf({ scaling: { minimum: 1, maximum: 4, ...scaling } }, { ingress });
const policy = (stack: ReturnType<typeof stackOf>, what: string) =>
  stack.resource(`aws_appautoscaling_policy.services_orders_scaling_${what}`);
const tracking = "target_tracking_scaling_policy_configuration";

describe("a scaled service", () => {
  it("has its policies made one after the other, as AWS refuses two changes of one target at the same time", () => {
    const stack = scaled({ cpuPercent: 60, memoryPercent: 70, requestsPerTarget: 500 });
    const address = (what: string) => `aws_appautoscaling_policy.services_orders_scaling_${what}`;
    expect(policy(stack, "cpu")?.depends_on).toBeUndefined();
    expect(policy(stack, "memory")?.depends_on).toEqual([address("cpu")]);
    expect(policy(stack, "requests")?.depends_on).toEqual([address("memory")]);
  });

  it("has its other policies made after those of its steps, which take the place of the policy of CPU", () => {
    const stack = scaled({ steps: {}, memoryPercent: 70 });
    const address = "aws_appautoscaling_policy.services_orders_scaling_steps_remove";
    expect(policy(stack, "memory")?.depends_on).toEqual([address]);
  });

  it("starts with the minimum number of tasks, and ignores changes of the desired count", () => {
    const stack = scaled({ minimum: 2, cpuPercent: 60 });
    expect(stack.resource("aws_ecs_service.services_orders")).toMatchObject({
      desired_count: 2,
      lifecycle: { ignore_changes: ["desired_count"] },
    });
    expect(stack.resource("aws_appautoscaling_target.services_orders_scaling")).toEqual({
      service_namespace: "ecs",
      scalable_dimension: "ecs:service:DesiredCount",
      resource_id: "service/${aws_ecs_cluster.compute.name}/${aws_ecs_service.services_orders.name}",
      min_capacity: 2,
      max_capacity: 4,
    });
  });

  it("attaches its policies to its scalable target", () => {
    const target = "aws_appautoscaling_target.services_orders_scaling";
    expect(policy(scaled({ cpuPercent: 60 }), "cpu")).toMatchObject({
      name: "orders-cpu",
      policy_type: "TargetTrackingScaling",
      service_namespace: `\${${target}.service_namespace}`,
      scalable_dimension: `\${${target}.scalable_dimension}`,
      resource_id: `\${${target}.resource_id}`,
    });
  });

  it("adds tasks after 1 minute and removes them after 5 by default", () => {
    expect(policy(scaled({ cpuPercent: 60 }), "cpu")).toHaveProperty(tracking, {
      target_value: 60,
      scale_out_cooldown: 60,
      scale_in_cooldown: 300,
      predefined_metric_specification: { predefined_metric_type: "ECSServiceAverageCPUUtilization" },
    });
    const slow = scaled({ memoryPercent: 75, scaleOutCooldownSeconds: 120, scaleInCooldownSeconds: 600 });
    expect(policy(slow, "memory")).toHaveProperty(tracking, {
      target_value: 75,
      scale_out_cooldown: 120,
      scale_in_cooldown: 600,
      predefined_metric_specification: { predefined_metric_type: "ECSServiceAverageMemoryUtilization" },
    });
    expect(Object.keys(slow.all("aws_appautoscaling_policy"))).toEqual(["services_orders_scaling_memory"]);
  });

  it("scales by the ALB's requests per target", () => {
    expect(policy(scaled({ requestsPerTarget: 500 }), "requests")).toMatchObject({
      [tracking]: {
        target_value: 500,
        predefined_metric_specification: {
          predefined_metric_type: "ALBRequestCountPerTarget",
          resource_label:
            "${aws_lb.ingress_public_alb.arn_suffix}/${aws_lb_target_group.ingress_public_alb_targets_orders.arn_suffix}",
        },
      },
    });
    const internal = policy(scaled({ requestsPerTarget: 500 }, ingresses["rest-api via nlb-alb"]), "requests");
    expect(JSON.stringify(internal)).toContain("aws_lb.ingress_alb.arn_suffix");
  });
});

describe("a service that is not scaled", () => {
  it("runs the configured number of tasks, 1 by default, without ignoring changes", () => {
    expect(stackOf({}).resource("aws_ecs_service.services_orders")).toMatchObject({ desired_count: 1 });
    const stack = stackOf({ desiredCount: 3 });
    expect(stack.resource("aws_ecs_service.services_orders")).toMatchObject({ desired_count: 3 });
    expect(stack.resource("aws_ecs_service.services_orders")).not.toHaveProperty("lifecycle");
    expect(stack.addresses.filter((address) => address.includes("appautoscaling"))).toEqual([]);
  });
});

describe("a worker that is scaled by its queue", () => {
  const mail = { ...minimalWorker, queue: "letters", scaling: { minimum: 0, maximum: 9, backlogPerTask: 50 } };
  const stack = stackWith({ data: { queues: { letters: {} } }, services: { orders: minimalService, mail } });
  const service = {
    ClusterName: "aws_ecs_cluster.compute",
    ServiceName: "aws_ecs_service.services_mail",
  };

  it("tracks the messages per running task, and starts a task for the first message", () => {
    expect(stack.resource("aws_appautoscaling_policy.services_mail_scaling_backlog")).toMatchObject({
      [tracking]: {
        target_value: 50,
        customized_metric_specification: {
          metrics: [
            {
              id: "messages",
              return_data: false,
              metric_stat: {
                stat: "Maximum",
                metric: {
                  namespace: "AWS/SQS",
                  metric_name: "ApproximateNumberOfMessagesVisible",
                  dimensions: [{ name: "QueueName", value: "${aws_sqs_queue.data_queues_letters.name}" }],
                },
              },
            },
            {
              id: "tasks",
              return_data: false,
              metric_stat: {
                stat: "Average",
                metric: {
                  namespace: "ECS/ContainerInsights",
                  metric_name: "RunningTaskCount",
                  dimensions: Object.entries(service).map(([name, address]) => ({
                    name,
                    value: `\${${address}.name}`,
                  })),
                },
              },
            },
            { id: "backlog", return_data: true, expression: "IF(FILL(tasks, 0) > 0, messages / tasks, messages)" },
          ],
        },
      },
    });
    expect(stack.resource(service.ServiceName)).toMatchObject({ desired_count: 0 });
  });
});
