import type { ApiMonitoringTarget, WebAclMonitoringTarget } from "../monitoring-target";
import type { MathExpression, Metric } from "./metric";

const apiMetricNames = {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
  "rest-api": { "5xx": "5XXError", "4xx": "4XXError", latency: "Latency", integrationLatency: "IntegrationLatency" },
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
  "http-api": { "5xx": "5xx", "4xx": "4xx", latency: "Latency", integrationLatency: "IntegrationLatency" },
} as const;

type StatusClass = "4xx" | "5xx";

/** A metric of a REST API or HTTP API, by a name that both share. */
export function apiMetric(
  api: ApiMonitoringTarget,
  name: StatusClass | "latency" | "integrationLatency",
  statistic: string,
): Metric {
  return apiGatewayMetric(api, apiMetricNames[api.kind][name], statistic);
}

/** The requests to an API. */
export function apiRequestCount(api: ApiMonitoringTarget): Metric {
  return apiGatewayMetric(api, "Count", "Sum");
}

/** The share of an API's responses with a class of status codes, in percent; 0 below `minimumRequests` a period. */
export function apiErrorPercent(
  api: ApiMonitoringTarget,
  statusClass: StatusClass,
  minimumRequests: number,
): MathExpression {
  return {
    id: "share",
    label: `${statusClass} answers, percent`,
    expression: `IF(FILL(requests, 0) >= ${minimumRequests}, 100 * FILL(answers, 0) / requests, 0)`,
    metrics: { answers: apiMetric(api, statusClass, "Sum"), requests: apiRequestCount(api) },
  };
}

/** A metric of all requests of an ALB. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html */
export function loadBalancerMetric(
  loadBalancer: string,
  metricName: "RequestCount" | "HTTPCode_ELB_5XX_Count" | "HTTPCode_Target_5XX_Count" | "TargetResponseTime",
  statistic = "Sum",
): Metric {
  return { namespace: "AWS/ApplicationELB", metricName, dimensions: { LoadBalancer: loadBalancer }, statistic };
}

/** A metric of all rules of a web ACL together. https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html */
export function webAclMetric(
  { metricName: webAcl }: WebAclMonitoringTarget,
  region: string,
  metricName: "AllowedRequests" | "BlockedRequests" | "CountedRequests",
): Metric {
  const dimensions = { WebACL: webAcl, Region: region, Rule: "ALL" };
  return { namespace: "AWS/WAFV2", metricName, dimensions, statistic: "Sum" };
}

/** The region of Route 53's metrics, whatever the region of a stage. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-cloudwatch.html */
export const healthCheckRegion = "us-east-1";

/** 1 while a health check of Route 53 passes, 0 while it fails. */
export function healthCheckStatus(healthCheckId: string): Metric {
  return {
    namespace: "AWS/Route53",
    metricName: "HealthCheckStatus",
    dimensions: { HealthCheckId: healthCheckId },
    statistic: "Minimum",
  };
}

/** The days until a certificate expires. https://docs.aws.amazon.com/acm/latest/userguide/cloudwatch-metrics.html */
export function daysToExpiry(certificateArn: string): Metric {
  return {
    namespace: "AWS/CertificateManager",
    metricName: "DaysToExpiry",
    dimensions: { CertificateArn: certificateArn },
    statistic: "Minimum",
  };
}

function apiGatewayMetric({ dimensions }: ApiMonitoringTarget, metricName: string, statistic: string): Metric {
  return { namespace: "AWS/ApiGateway", metricName, dimensions, statistic };
}
