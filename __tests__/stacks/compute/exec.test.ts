import { minimalService, minimalWorker, stackWith } from "../../fixtures/stage";

const entered = { ...minimalService, enableExecuteCommand: true, readonlyRootFilesystem: false };
const stack = stackWith({ services: { orders: entered, mail: minimalWorker } });
const closed = stackWith();
const group = "aws_cloudwatch_log_group.compute_sessions";
const permissions = (service: string) =>
  stack.json.data.aws_iam_policy_document?.[`services_${service}_task_role_permissions`]?.statement;

describe("ECS Exec", () => {
  it("is disabled by default, without a log group, an endpoint or permissions", () => {
    expect(closed.resource("aws_ecs_service.services_orders")).toMatchObject({ enable_execute_command: false });
    expect(closed.resource("aws_ecs_cluster.compute")).not.toHaveProperty("configuration");
    expect(closed.resource(group)).toBeUndefined();
    expect(closed.addresses.filter((address) => address.includes("ssmmessages"))).toEqual([]);
    expect(JSON.stringify(closed.json)).not.toContain("ssmmessages:");
  });

  it("can be enabled for one service, with sessions logged for 365 days", () => {
    expect(stack.resource("aws_ecs_service.services_orders")).toMatchObject({ enable_execute_command: true });
    expect(stack.resource("aws_ecs_service.services_mail")).toMatchObject({ enable_execute_command: false });
    expect(stack.resource(group)).toMatchObject({ name: "/shop/dev01/cluster/sessions", retention_in_days: 365 });
    expect(stack.resource("aws_ecs_cluster.compute")?.configuration).toEqual({
      execute_command_configuration: {
        logging: "OVERRIDE",
        log_configuration: { cloud_watch_log_group_name: `\${${group}.name}` },
      },
    });
  });

  it("grants the channels of Session Manager and the session log only to that service", () => {
    expect(permissions("orders")).toEqual([
      {
        actions: [
          "ssmmessages:CreateControlChannel",
          "ssmmessages:CreateDataChannel",
          "ssmmessages:OpenControlChannel",
          "ssmmessages:OpenDataChannel",
        ],
        resources: ["*"],
      },
      { actions: ["logs:DescribeLogGroups"], resources: ["*"] },
      {
        actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        resources: [`\${${group}.arn}:*`],
      },
    ]);
    expect(permissions("mail")).toBeUndefined();
  });

  it("has a VPC endpoint of Session Manager", () => {
    expect(stack.resource("aws_vpc_endpoint.network_ssmmessages")).toMatchObject({
      service_name: "com.amazonaws.us-east-1.ssmmessages",
      private_dns_enabled: true,
    });
  });
});
