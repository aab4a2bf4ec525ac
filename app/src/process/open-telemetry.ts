import { metrics } from "@opentelemetry/api";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-http";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { registerInstrumentations } from "@opentelemetry/instrumentation";
import { HttpInstrumentation } from "@opentelemetry/instrumentation-http";
import { PgInstrumentation } from "@opentelemetry/instrumentation-pg";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";

/** Traces and metrics of this process. */
export interface Telemetry {
  /** Exports the remaining traces and metrics. */
  stop(): Promise<void>;
}

// Also the maximum time, retries included, that a stop waits for an unavailable collector.
const timeoutMillis = 2_000;

/** Sends traces and metrics of HTTP and Postgres calls to the collector at `endpoint`. */
export function startOpenTelemetry(name: string, endpoint: string): Telemetry {
  const resource = resourceFromAttributes({ "service.name": name });
  const tracing = new NodeTracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, timeoutMillis }))],
  });
  tracing.register();
  const exporter = new OTLPMetricExporter({ url: `${endpoint}/v1/metrics`, timeoutMillis });
  const measuring = new MeterProvider({ resource, readers: [new PeriodicExportingMetricReader({ exporter })] });
  metrics.setGlobalMeterProvider(measuring);
  registerInstrumentations({
    instrumentations: [
      // Probes run every few seconds and would be most of the traces.
      new HttpInstrumentation({ ignoreIncomingRequestHook: ({ url }) => url === "/health" || url === "/ready" }),
      new PgInstrumentation({ requireParentSpan: true }),
    ],
  });
  return {
    stop: async () => {
      // An unavailable collector must not make the stop fail.
      await Promise.allSettled([tracing.shutdown(), measuring.shutdown()]);
    },
  };
}
