import { containersOf } from "../../fixtures/synthesized";
import { minimalJob, minimalService, stackWith } from "../../fixtures/stage";

const stackOf = (fields: object = {}) =>
  stackWith({ services: { orders: minimalService, sweep: { ...minimalJob, ...fields } } });
const scheduleOf = (stack: ReturnType<typeof stackOf>) => stack.resource("aws_scheduler_schedule.services_sweep");
const cluster = "${aws_ecs_cluster.compute.arn}";
const queue = "aws_sqs_queue.services_sweep_dead_letters";

describe("a scheduled job", () => {
  const stack = stackOf();

  it("is started without a flexible window, in UTC, by default", () => {
    expect(scheduleOf(stack)).toMatchObject({
      name: "shop-sweep-schedule-dev01",
      schedule_expression: "rate(1 day)",
      schedule_expression_timezone: "UTC",
      state: "ENABLED",
      flexible_time_window: { mode: "OFF" },
    });
  });

  it("can have a time zone, a flexible window and be disabled", () => {
    const other = stackOf({
      schedule: "cron(0 3 * * ? *)",
      timeZone: "Europe/Berlin",
      flexibleTimeWindowMinutes: 15,
      enabled: false,
    });
    expect(scheduleOf(other)).toMatchObject({
      schedule_expression: "cron(0 3 * * ? *)",
      schedule_expression_timezone: "Europe/Berlin",
      state: "DISABLED",
      flexible_time_window: { mode: "FLEXIBLE", maximum_window_in_minutes: 15 },
    });
  });

  it("runs on Fargate in the subnets of the services, in a security group of its own", () => {
    expect(scheduleOf(stack)).toMatchObject({
      target: {
        arn: cluster,
        role_arn: "${aws_iam_role.services_sweep_starter.arn}",
        ecs_parameters: {
          task_definition_arn: "${aws_ecs_task_definition.services_sweep.arn}",
          platform_version: "LATEST",
          propagate_tags: "TASK_DEFINITION",
          network_configuration: {
            subnets: ["${aws_subnet.network_private_a.id}", "${aws_subnet.network_private_b.id}"],
            security_groups: ["${aws_security_group.services_sweep.id}"],
            assign_public_ip: false,
          },
        },
      },
    });
  });

  it("is retried 3 times within an hour, and then sent to a dead-letter queue, by default", () => {
    const retried = (attempts: number, seconds: number) => ({
      target: {
        retry_policy: { maximum_retry_attempts: attempts, maximum_event_age_in_seconds: seconds },
        dead_letter_config: { arn: `\${${queue}.arn}` },
      },
    });
    expect(scheduleOf(stack)).toMatchObject(retried(3, 3600));
    expect(scheduleOf(stackOf({ maximumRetryAttempts: 0, maximumEventAgeSeconds: 60 }))).toMatchObject(retried(0, 60));
    expect(stack.resource(queue)).toMatchObject({
      name: "shop-sweep-dead-letter-job-dev01",
      message_retention_seconds: 1209600,
      sqs_managed_sse_enabled: true,
    });
  });

  it("is started by a role that may only run and tag its task and pass its two roles to ECS", () => {
    const document = stack.json.data.aws_iam_policy_document?.services_sweep_starter_permissions;
    expect(document?.statement).toEqual([
      {
        actions: ["ecs:RunTask"],
        resources: [
          '${replace(aws_ecs_cluster.compute.arn, ":cluster/shop-ecs-cluster-dev01", ":task-definition/shop-sweep-task-dev01:*")}',
        ],
        condition: [{ test: "ArnEquals", variable: "ecs:cluster", values: [cluster] }],
      },
      {
        actions: ["ecs:TagResource"],
        resources: ['${replace(aws_ecs_cluster.compute.arn, ":cluster/", ":task/")}/*'],
        condition: [{ test: "StringEquals", variable: "ecs:CreateAction", values: ["RunTask"] }],
      },
      {
        actions: ["iam:PassRole"],
        resources: ["${aws_iam_role.services_sweep_task_execution.arn}", "${aws_iam_role.services_sweep_task.arn}"],
        condition: [{ test: "StringEquals", variable: "iam:PassedToService", values: ["ecs-tasks.amazonaws.com"] }],
      },
      { actions: ["sqs:SendMessage"], resources: [`\${${queue}.arn}`] },
    ]);
  });

  it("has a role that only the scheduler of its own account can assume", () => {
    expect(stack.json.data.aws_iam_policy_document?.services_sweep_starter_trust).toMatchObject({
      statement: [
        {
          principals: [{ type: "Service", identifiers: ["scheduler.amazonaws.com"] }],
          condition: [{ test: "StringEquals", variable: "aws:SourceAccount", values: ["111122223333"] }],
        },
      ],
    });
  });

  it("is created after its network, the permissions of its roles and its security group rules", () => {
    expect(scheduleOf(stack)?.depends_on).toEqual([
      "aws_ecs_cluster_capacity_providers.compute",
      "aws_route_table_association.network_private_a",
      "aws_route_table_association.network_private_b",
      "aws_vpc_endpoint.network_s3",
      "aws_vpc_endpoint.network_ecr_api",
      "aws_vpc_endpoint.network_ecr_dkr",
      "aws_vpc_endpoint.network_logs",
      "aws_iam_role_policy.services_sweep_task_execution",
      "aws_vpc_security_group_egress_rule.services_sweep_to_vpc_endpoints_tcp_443",
      "aws_vpc_security_group_ingress_rule.services_sweep_to_vpc_endpoints_tcp_443",
      "aws_vpc_security_group_egress_rule.services_sweep_to_s3_tcp_443",
      "aws_iam_role_policy.services_sweep_starter",
    ]);
  });

  it("has no service and no port, and outputs for its log group, repository and task definition", () => {
    expect(Object.keys(stack.all("aws_ecs_service"))).toEqual(["services_orders"]);
    expect(containersOf(stack, "sweep").sweep).not.toHaveProperty("portMappings");
    expect(Object.keys(stack.json.output).filter((name) => name.startsWith("sweep"))).toEqual([
      "sweep_log_group",
      "sweep_repository_url",
      "sweep_task_definition",
    ]);
  });
});
