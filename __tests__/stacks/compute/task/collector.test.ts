import { z } from "zod";
import { containersOf, decoded } from "../../../fixtures/synthesized";
import { openNetwork as network, stackOf } from "../../../fixtures/stage";

const stack = stackOf({ telemetry: {} }, { network });
const { collector, orders } = containersOf(stack);

const parts = z.record(z.string(), z.unknown());
const configurationSchema = z.object({
  extensions: parts,
  receivers: parts,
  processors: parts,
  exporters: parts,
  service: z.object({
    extensions: z.array(z.string()),
    pipelines: z.record(
      z.string(),
      z.record(z.enum(["receivers", "processors", "exporters"]), z.array(z.string()).min(1)),
    ),
  }),
});

/** The collector's configuration: JSON within the JSON of the container definitions. */
function configuration() {
  const variable = collector?.environment?.find(({ name }) => name === "AOT_CONFIG_CONTENT");
  return configurationSchema.parse(decoded(variable?.value));
}

describe("the collector of traces and metrics", () => {
  it("is added only to a service with telemetry", () => {
    expect(Object.keys(containersOf(stackOf({})))).toEqual(["orders"]);
  });

  it("runs as a non-root user with a read-only root, and is not essential", () => {
    expect(collector).toMatchObject({
      image: "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3",
      essential: false,
      cpu: 64,
      memory: 128,
      user: "1000:1000",
      readonlyRootFilesystem: true,
      logConfiguration: { logDriver: "awslogs", options: { "awslogs-stream-prefix": "collector" } },
    });
  });

  it("is checked every 30 seconds, and unhealthy after 3 failed checks", () => {
    expect(collector?.healthCheck).toEqual({
      command: ["CMD", "/healthcheck"],
      interval: 30,
      timeout: 5,
      retries: 3,
      startPeriod: 10,
    });
  });

  it("can have another image and size", () => {
    const image = "public.ecr.aws/other/collector:1";
    const other = containersOf(stackOf({ telemetry: { image, cpu: 32, memoryMiB: 64 } }, { network }));
    expect(other.collector).toMatchObject({ image, cpu: 32, memory: 64 });
  });

  it("listens only on localhost, at the address in the service's environment", () => {
    expect(configuration()).toMatchObject({
      receivers: {
        otlp: { protocols: { http: { endpoint: "127.0.0.1:4318" }, grpc: { endpoint: "127.0.0.1:4317" } } },
      },
    });
    expect(collector).not.toHaveProperty("portMappings");
    expect(orders?.environment).toContainEqual({
      name: "OTEL_EXPORTER_OTLP_ENDPOINT",
      value: "http://localhost:4318",
    });
  });

  it("sends traces to X-Ray, and metrics to a log group of their own in embedded metric format", () => {
    expect(configuration()).toMatchObject({
      exporters: {
        awsxray: { region: "us-east-1" },
        awsemf: {
          region: "us-east-1",
          namespace: "shop/dev01/orders",
          log_group_name: "${aws_cloudwatch_log_group.services_orders_task_metrics.name}",
        },
      },
      service: {
        pipelines: { traces: { exporters: ["awsxray"] }, metrics: { exporters: ["awsemf"] } },
      },
    });
    expect(stack.resource("aws_cloudwatch_log_group.services_orders_task_metrics")).toMatchObject({
      retention_in_days: 14,
    });
  });

  it("uses only configured components in its pipelines", () => {
    const { service, extensions, ...others } = configuration();
    expect(service.extensions).toEqual(Object.keys(extensions));
    for (const { receivers, processors, exporters } of Object.values(service.pipelines)) {
      expect(Object.keys(others.receivers)).toEqual(expect.arrayContaining(receivers));
      expect(Object.keys(others.processors)).toEqual(expect.arrayContaining(processors));
      expect(Object.keys(others.exporters)).toEqual(expect.arrayContaining(exporters));
    }
  });

  it("may only send segments and write to its log group", () => {
    expect(stack.json.data.aws_iam_policy_document?.services_orders_task_role_permissions?.statement).toEqual([
      { actions: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], resources: ["*"] },
      {
        actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        resources: ["${aws_cloudwatch_log_group.services_orders_task_metrics.arn}:*"],
      },
    ]);
  });
});
