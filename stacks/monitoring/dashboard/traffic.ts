import type { AlarmSettings } from "../../../schema/monitoring/alarms";
import { apiMetric, apiRequests } from "../metrics/api";
import { healthCheckRegion, healthStatus } from "../metrics/domain";
import { balancerMetric } from "../metrics/load-balancer";
import { connections } from "../metrics/target";
import type { Metric } from "../metric";
import type {
  ApiMonitoringTarget,
  DomainMonitoringTarget,
  ServiceMonitoringTarget,
  IngressMonitoringTargets,
} from "../monitoring-target";
import { colors, row, type Line, type Panel, type Row } from "./panel";

const percentiles = ["p50", "p90", "p99"];

/** How many ask, how many get an error, and how long it takes, as callers see it. */
export function trafficRows(
  { api, loadBalancer, domain }: IngressMonitoringTargets,
  services: readonly ServiceMonitoringTarget[],
  limits: AlarmSettings | undefined,
): Row[] {
  const seen =
    api !== undefined
      ? apiPanels(api, limits)
      : loadBalancer !== undefined
        ? balancerPanels(loadBalancer)
        : [connectionPanel(services)];
  return row("Traffic", ...seen, healthPanel(domain));
}

function apiPanels(api: ApiMonitoringTarget, limits: AlarmSettings | undefined): Panel[] {
  return [
    { title: "Requests", unit: "a minute", lines: [{ label: "requests", measure: apiRequests(api) }] },
    {
      title: "Errors",
      unit: "a minute",
      lines: [
        { label: "5xx", measure: apiMetric(api, "faults", "Sum"), color: colors.fault },
        { label: "4xx", measure: apiMetric(api, "refusals", "Sum"), color: colors.refusal },
      ],
    },
    {
      title: "Latency",
      unit: "ms",
      limit: limits?.api.latencyMs,
      lines: [
        ...latencies((percentile) => apiMetric(api, "latency", percentile)),
        { label: "p90 of the services", measure: apiMetric(api, "backend", "p90") },
      ],
    },
  ];
}

function balancerPanels(loadBalancer: string): Panel[] {
  const count = (label: string, name: Parameters<typeof balancerMetric>[1], color: string): Line => ({
    label,
    measure: balancerMetric(loadBalancer, name),
    color,
  });
  return [
    {
      title: "Requests",
      unit: "a minute",
      lines: [{ label: "requests", measure: balancerMetric(loadBalancer, "RequestCount") }],
    },
    {
      title: "Errors",
      unit: "a minute",
      lines: [
        count("5xx of the services", "HTTPCode_Target_5XX_Count", colors.fault),
        count("5xx of the load balancer", "HTTPCode_ELB_5XX_Count", colors.refusal),
      ],
    },
    {
      title: "Latency",
      unit: "seconds",
      lines: latencies((percentile) => balancerMetric(loadBalancer, "TargetResponseTime", percentile)),
    },
  ];
}

/** An NLB knows no requests. */
function connectionPanel(services: readonly ServiceMonitoringTarget[]): Panel {
  const lines = services.flatMap(({ name, target }): Line[] =>
    target === undefined ? [] : [{ label: name, measure: connections(target) }],
  );
  return { title: "New connections", unit: "a minute", lines };
}

/** Panels show other regions, where alarms do not see. */
function healthPanel(domain: DomainMonitoringTarget | undefined): Panel {
  const id = domain?.healthCheckId;
  const color = colors.good;
  return {
    title: "Reached from outside",
    unit: "1 is well",
    lines: id === undefined ? [] : [{ label: "health", measure: healthStatus(id), region: healthCheckRegion, color }],
  };
}

function latencies(metric: (percentile: string) => Metric): Line[] {
  return percentiles.map((percentile) => ({ label: percentile, measure: metric(percentile) }));
}
