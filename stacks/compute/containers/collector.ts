import type { Telemetry } from "../../../schema/services/container";
import { encodedJson } from "../../json";
import type { ContainerDefinition } from "./container-definition";
import { awslogs, type LogPlace } from "./parts";

/** Where a container sends its traces and metrics: containers of a task share `localhost`. */
export const collectorEndpoint = "http://localhost:4318";

/** Takes OTLP, and hands traces to X-Ray and metrics, as embedded metric format, to CloudWatch. */
export function collector(
  { image, cpu, memoryMiB }: Telemetry,
  logs: LogPlace & { readonly namespace: string; readonly metricGroup: string },
): ContainerDefinition {
  const { region, namespace, metricGroup } = logs;
  return {
    name: "collector",
    image,
    // Without it the service still works.
    essential: false,
    cpu,
    memory: memoryMiB,
    environment: [{ name: "AOT_CONFIG_CONTENT", value: encodedJson(configuration(region, namespace, metricGroup)) }],
    user: "1000:1000",
    readonlyRootFilesystem: true,
    healthCheck: { command: ["CMD", "/healthcheck"], interval: 30, timeout: 5, retries: 3, startPeriod: 10 },
    logConfiguration: awslogs(logs, "collector"),
  };
}

/** The collector reads YAML, of which JSON is a part. https://aws-otel.github.io/docs/setup/ecs/config-through-ssm */
function configuration(region: string, namespace: string, metricGroup: string) {
  return {
    extensions: { health_check: {} },
    receivers: {
      otlp: { protocols: { http: { endpoint: "127.0.0.1:4318" }, grpc: { endpoint: "127.0.0.1:4317" } } },
    },
    processors: { batch: {} },
    exporters: {
      awsxray: { region },
      awsemf: { region, namespace, log_group_name: metricGroup, log_stream_name: "metrics" },
    },
    service: {
      extensions: ["health_check"],
      pipelines: {
        traces: { receivers: ["otlp"], processors: ["batch"], exporters: ["awsxray"] },
        metrics: { receivers: ["otlp"], processors: ["batch"], exporters: ["awsemf"] },
      },
    },
  };
}
