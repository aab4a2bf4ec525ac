import type { Configuration } from "../configuration";
import type { Telemetry } from "./open-telemetry";

/** Starts OpenTelemetry when a collector is configured, before the modules that it instruments are loaded. */
export async function startTelemetry(name: string, { environment }: Configuration): Promise<Telemetry> {
  const endpoint = environment.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined) return { stop: () => Promise.resolve() };
  const { startOpenTelemetry } = await import("./open-telemetry.js");
  return startOpenTelemetry(name, endpoint.replace(/\/$/, ""));
}
