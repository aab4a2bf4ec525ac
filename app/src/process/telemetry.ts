import type { Configuration } from "../configuration";

/** Traces and metrics of this process. */
export interface Telemetry {
  /** Exports the remaining traces and metrics. */
  stop(): Promise<void>;
}

/** Starts OpenTelemetry when a collector is configured, before the modules that it instruments are loaded. */
export async function startTelemetry(name: string, { environment }: Configuration): Promise<Telemetry> {
  const endpoint = environment.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined) return { stop: () => Promise.resolve() };
  const { startOpenTelemetry } = await import("./open-telemetry.js");
  return startOpenTelemetry(name, endpoint.replace(/\/$/, ""));
}
