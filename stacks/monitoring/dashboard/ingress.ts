import type { AlarmSettings } from "../../../schema/monitoring/alarms";
import {
  apiMetric,
  apiRequestCount,
  healthCheckRegion,
  healthCheckStatus,
  loadBalancerMetric,
  webAclMetric,
} from "../metrics/ingress";
import type { Metric } from "../metrics/metric";
import { newFlowCount } from "../metrics/services";
import type {
  ApiMonitoringTarget,
  DomainMonitoringTarget,
  IngressMonitoringTargets,
  ServiceMonitoringTarget,
  WebAclMonitoringTarget,
} from "../monitoring-target";
import { colors, row, type Line, type Panel, type Row } from "./widgets";

const percentiles = ["p50", "p90", "p99"];

/** Requests, errors and latency as callers see them. */
export function trafficRows(
  { api, loadBalancer, domain }: IngressMonitoringTargets,
  services: readonly ServiceMonitoringTarget[],
  settings: AlarmSettings | undefined,
): Row[] {
  const panels =
    api !== undefined
      ? apiPanels(api, settings)
      : loadBalancer !== undefined
        ? loadBalancerPanels(loadBalancer)
        : [connectionPanel(services)];
  return row("Traffic", ...panels, healthCheckPanel(domain));
}

/** The requests that WAF allows, counts and blocks. */
export function webAclRows(
  webAcl: WebAclMonitoringTarget | undefined,
  region: string,
  settings: AlarmSettings | undefined,
): Row[] {
  if (webAcl === undefined) return [];
  const metric = (name: Parameters<typeof webAclMetric>[2]) => webAclMetric(webAcl, region, name);
  return row(
    "WAF",
    {
      title: "Blocked and counted",
      unit: "requests a minute",
      lines: [
        { label: "blocked", metric: metric("BlockedRequests"), color: colors.serverError },
        { label: "counted", metric: metric("CountedRequests"), color: colors.clientError },
      ],
      threshold: settings?.blockedRequests,
    },
    {
      title: "Allowed",
      unit: "requests a minute",
      lines: [{ label: "allowed", metric: metric("AllowedRequests"), color: colors.good }],
    },
  );
}

function apiPanels(api: ApiMonitoringTarget, settings: AlarmSettings | undefined): Panel[] {
  return [
    { title: "Requests", unit: "a minute", lines: [{ label: "requests", metric: apiRequestCount(api) }] },
    {
      title: "Errors",
      unit: "a minute",
      lines: [
        { label: "5xx", metric: apiMetric(api, "5xx", "Sum"), color: colors.serverError },
        { label: "4xx", metric: apiMetric(api, "4xx", "Sum"), color: colors.clientError },
      ],
    },
    {
      title: "Latency",
      unit: "ms",
      threshold: settings?.api.latencyMs,
      lines: [
        ...latencyLines((percentile) => apiMetric(api, "latency", percentile)),
        { label: "p90 of the services", metric: apiMetric(api, "integrationLatency", "p90") },
      ],
    },
  ];
}

function loadBalancerPanels(loadBalancer: string): Panel[] {
  const count = (label: string, name: Parameters<typeof loadBalancerMetric>[1], color: string): Line => ({
    label,
    metric: loadBalancerMetric(loadBalancer, name),
    color,
  });
  return [
    {
      title: "Requests",
      unit: "a minute",
      lines: [{ label: "requests", metric: loadBalancerMetric(loadBalancer, "RequestCount") }],
    },
    {
      title: "Errors",
      unit: "a minute",
      lines: [
        count("5xx of the services", "HTTPCode_Target_5XX_Count", colors.serverError),
        count("5xx of the load balancer", "HTTPCode_ELB_5XX_Count", colors.clientError),
      ],
    },
    {
      title: "Latency",
      unit: "seconds",
      lines: latencyLines((percentile) => loadBalancerMetric(loadBalancer, "TargetResponseTime", percentile)),
    },
  ];
}

/** An NLB has metrics of connections instead of requests. */
function connectionPanel(services: readonly ServiceMonitoringTarget[]): Panel {
  const lines = services.flatMap(({ name, target }): Line[] =>
    target === undefined ? [] : [{ label: name, metric: newFlowCount(target) }],
  );
  return { title: "New connections", unit: "a minute", lines };
}

/** Panels, unlike alarms, can show metrics of another region. */
function healthCheckPanel(domain: DomainMonitoringTarget | undefined): Panel {
  const id = domain?.healthCheckId;
  const color = colors.good;
  return {
    title: "Health check",
    unit: "1 is healthy",
    lines:
      id === undefined ? [] : [{ label: "health", metric: healthCheckStatus(id), region: healthCheckRegion, color }],
  };
}

function latencyLines(metric: (percentile: string) => Metric): Line[] {
  return percentiles.map((percentile) => ({ label: percentile, metric: metric(percentile) }));
}
