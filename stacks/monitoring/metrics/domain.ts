import type { Metric } from "../metric";

/** Where Route 53 counts, whatever the region of a stage. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-cloudwatch.html */
export const healthCheckRegion = "us-east-1";

/** 1 while a health check of Route 53 finds its region well. */
export function healthStatus(healthCheckId: string): Metric {
  return {
    namespace: "AWS/Route53",
    metricName: "HealthCheckStatus",
    dimensions: { HealthCheckId: healthCheckId },
    statistic: "Minimum",
  };
}

/** Days for which a certificate is still valid. https://docs.aws.amazon.com/acm/latest/userguide/cloudwatch-metrics.html */
export function daysToExpiry(certificateArn: string): Metric {
  return {
    namespace: "AWS/CertificateManager",
    metricName: "DaysToExpiry",
    dimensions: { CertificateArn: certificateArn },
    statistic: "Minimum",
  };
}
