import { containersOf } from "../../../fixtures/synthesized";
import { openNetwork as network, stackOf } from "../../../fixtures/stage";

const routed = (destination: string, fields: object = {}) =>
  stackOf({ logs: { driver: "firelens", destination, ...fields }, logRetentionDays: 30 }, { network });
const group = "${aws_cloudwatch_log_group.services_orders.name}";
const taskPolicy = (stack: ReturnType<typeof stackOf>) =>
  stack.json.data.aws_iam_policy_document?.services_orders_task_role_permissions?.statement;

describe("a service without log settings", () => {
  it("writes to its own log group with its name as the stream prefix", () => {
    const stack = stackOf({ logRetentionDays: 30 });
    expect(containersOf(stack).orders?.logConfiguration).toEqual({
      logDriver: "awslogs",
      options: { "awslogs-group": group, "awslogs-region": "us-east-1", "awslogs-stream-prefix": "orders" },
    });
    expect(stack.resource("aws_cloudwatch_log_group.services_orders")).toMatchObject({
      name: "/shop/dev01/orders",
      retention_in_days: 30,
    });
    expect(Object.keys(containersOf(stack))).toEqual(["orders"]);
  });
});

describe("FireLens", () => {
  it("runs Fluent Bit beside the service, whose own lines go to the log group by awslogs", () => {
    expect(containersOf(routed("cloudwatch"))["log-router"]).toMatchObject({
      image: "public.ecr.aws/aws-observability/aws-for-fluent-bit:3.4.16",
      essential: true,
      memory: 64,
      readonlyRootFilesystem: true,
      firelensConfiguration: { type: "fluentbit", options: { "enable-ecs-log-metadata": "true" } },
      logConfiguration: { logDriver: "awslogs", options: { "awslogs-stream-prefix": "log-router" } },
    });
    const image = "public.ecr.aws/fluent/other:1";
    expect(containersOf(routed("s3", { image, cpu: 32, memoryMiB: 128 }))["log-router"]).toMatchObject({
      image,
      cpu: 32,
      memory: 128,
    });
  });

  it("sends lines to the service's log group, which it may not create", () => {
    const stack = routed("cloudwatch");
    expect(containersOf(stack).orders?.logConfiguration).toEqual({
      logDriver: "awsfirelens",
      options: {
        Name: "cloudwatch_logs",
        region: "us-east-1",
        log_group_name: group,
        log_stream_prefix: "orders/",
        auto_create_group: "false",
      },
    });
    expect(taskPolicy(stack)).toEqual([
      {
        actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        resources: ["${aws_cloudwatch_log_group.services_orders.arn}:*"],
      },
    ]);
  });

  it("sends lines to a bucket of their own with s3:PutObject only, kept as long as in a log group", () => {
    const stack = routed("s3");
    expect(containersOf(stack).orders?.logConfiguration).toEqual({
      logDriver: "awsfirelens",
      options: {
        Name: "s3",
        region: "us-east-1",
        bucket: "${aws_s3_bucket.services_orders_task_logs.id}",
        s3_key_format: "/orders/%Y/%m/%d/%H-%M-%S-$UUID",
        total_file_size: "5M",
        upload_timeout: "1m",
        use_put_object: "On",
      },
    });
    expect(taskPolicy(stack)).toEqual([
      { actions: ["s3:PutObject"], resources: ["${aws_s3_bucket.services_orders_task_logs.arn}/*"] },
    ]);
    expect(stack.resource("aws_s3_bucket.services_orders_task_logs")?.bucket).toBe(
      "shop-orders-service-logs-dev01-us-east-1-111122223333",
    );
    expect(stack.resource("aws_s3_bucket_lifecycle_configuration.services_orders_task_logs")?.rule).toMatchObject([
      { expiration: [{ days: 30 }] },
    ]);
  });

  it("keeps what is overwritten or deleted in that bucket for one more day", () => {
    expect(
      routed("s3").resource("aws_s3_bucket_lifecycle_configuration.services_orders_task_logs")?.rule,
    ).toMatchObject([{ noncurrent_version_expiration: [{ noncurrent_days: 1 }] }]);
  });

  it("has a volume for the lines that wait for S3, as its root is read-only", () => {
    const stack = routed("s3");
    const { volume } = stack.resource("aws_ecs_task_definition.services_orders") ?? {};
    expect(volume).toEqual([{ name: "log-buffer" }]);
    expect(containersOf(stack)["log-router"]?.mountPoints).toEqual([
      { sourceVolume: "log-buffer", containerPath: "/tmp/fluent-bit", readOnly: false },
    ]);
    expect(containersOf(routed("cloudwatch"))["log-router"]).not.toHaveProperty("mountPoints");
  });
});
