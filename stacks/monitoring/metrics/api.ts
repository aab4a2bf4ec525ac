import type { Formula, Metric } from "../metric";
import type { ApiMonitoringTarget } from "../monitoring-target";

const names = {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
  "rest-api": { faults: "5XXError", refusals: "4XXError", latency: "Latency", backend: "IntegrationLatency" },
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
  "http-api": { faults: "5xx", refusals: "4xx", latency: "Latency", backend: "IntegrationLatency" },
} as const;

type Counted = "faults" | "refusals";

/** A metric of an API, whichever its kind. */
export function apiMetric(api: ApiMonitoringTarget, what: Counted | "latency" | "backend", statistic: string): Metric {
  return metric(api, names[api.kind][what], statistic);
}

export function apiRequests(api: ApiMonitoringTarget): Metric {
  return metric(api, "Count", "Sum");
}

/** Share of answers that are 5xx (faults) or 4xx (refusals), in percent; 0 while there are few requests. */
export function apiShare(api: ApiMonitoringTarget, what: Counted, minimumRequests: number): Formula {
  return {
    id: "share",
    label: `${what === "faults" ? "5xx" : "4xx"} answers, percent`,
    expression: `IF(FILL(requests, 0) >= ${minimumRequests}, 100 * FILL(answers, 0) / requests, 0)`,
    metrics: { answers: apiMetric(api, what, "Sum"), requests: apiRequests(api) },
  };
}

function metric({ dimensions }: ApiMonitoringTarget, metricName: string, statistic: string): Metric {
  return { namespace: "AWS/ApiGateway", metricName, dimensions, statistic };
}
