import type { AlarmSettings } from "../../../schema/monitoring/alarms";
import {
  apiErrorPercent,
  apiMetric,
  apiRequestCount,
  daysToExpiry,
  healthCheckRegion,
  healthCheckStatus,
  loadBalancerMetric,
  webAclMetric,
} from "../metrics/ingress";
import type { Metric } from "../metrics/metric";
import type {
  ApiMonitoringTarget,
  DomainMonitoringTarget,
  IngressMonitoringTargets,
  WebAclMonitoringTarget,
} from "../monitoring-target";
import type { AlarmDefinition, AlarmsBySubject } from "./alarm";

const secondsPerDay = 24 * 60 * 60;

/** The alarms of API, load balancer, web ACL and domain. */
export function ingressAlarms(
  { api, loadBalancer, webAcl, domain }: IngressMonitoringTargets,
  region: string,
  settings: AlarmSettings,
): AlarmsBySubject {
  return {
    api: api === undefined ? [] : apiAlarms(api, settings),
    alb: loadBalancer === undefined ? [] : loadBalancerAlarms(loadBalancer, api, settings),
    "web-acl": webAcl === undefined ? [] : [blockedRequests(webAcl, region, settings)],
    domain: domain === undefined ? [] : domainAlarms(domain, region, settings),
  };
}

function apiAlarms(api: ApiMonitoringTarget, { api: limits, anomalies }: AlarmSettings): AlarmDefinition[] {
  const { serverErrorPercent, clientErrorPercent, minimumRequests, latencyMs } = limits;
  const errorPercent = (statusClass: "4xx" | "5xx", limit: number, evaluationPeriods: number): AlarmDefinition => ({
    symptom: `${statusClass}-high`,
    description: `More than ${limit} % of the API's answers are ${statusClass}`,
    metric: apiErrorPercent(api, statusClass, minimumRequests),
    threshold: { above: limit },
    evaluationPeriods,
  });
  return [
    errorPercent("5xx", serverErrorPercent, 3),
    ...(clientErrorPercent === undefined ? [] : [errorPercent("4xx", clientErrorPercent, 5)]),
    {
      symptom: "latency-high",
      description: `One in ten requests to the API takes ${latencyMs} ms or longer`,
      metric: apiMetric(api, "latency", "p90"),
      threshold: { atLeast: latencyMs },
      evaluationPeriods: 5,
    },
    ...anomalyAlarms(apiRequestCount(api), apiMetric(api, "latency", "p90"), anomalies),
  ];
}

function loadBalancerAlarms(
  loadBalancer: string,
  api: ApiMonitoringTarget | undefined,
  { loadBalancerErrors, anomalies }: AlarmSettings,
): AlarmDefinition[] {
  const requestCount = loadBalancerMetric(loadBalancer, "RequestCount");
  const responseTime = loadBalancerMetric(loadBalancer, "TargetResponseTime", "p90");
  return [
    {
      symptom: "elb-5xx-high",
      description: `The load balancer answers more than ${loadBalancerErrors} requests a minute with a 5xx of its own`,
      metric: loadBalancerMetric(loadBalancer, "HTTPCode_ELB_5XX_Count"),
      threshold: { above: loadBalancerErrors },
      evaluationPeriods: 3,
    },
    // The API in front of it has the same requests.
    ...(api === undefined ? anomalyAlarms(requestCount, responseTime, anomalies) : []),
  ];
}

function anomalyAlarms(
  requestCount: Metric,
  latency: Metric,
  anomalies: AlarmSettings["anomalies"],
): AlarmDefinition[] {
  if (anomalies === undefined) return [];
  const common = { deviations: anomalies.deviations, evaluationPeriods: 5 };
  return [
    {
      ...common,
      symptom: "request-count-anomaly",
      description: "Far more or far fewer requests come than usual at this time",
      metric: requestCount,
      anomaly: "either",
    },
    {
      ...common,
      symptom: "latency-anomaly",
      description: "Requests take far longer than usual at this time",
      metric: latency,
      anomaly: "above",
    },
  ];
}

function blockedRequests(
  webAcl: WebAclMonitoringTarget,
  region: string,
  { blockedRequests: limit }: AlarmSettings,
): AlarmDefinition {
  return {
    symptom: "blocked-requests-high",
    description: `WAF blocks more than ${limit} requests a minute: an attack, or a rule that blocks valid requests`,
    metric: webAclMetric(webAcl, region, "BlockedRequests"),
    threshold: { above: limit },
    evaluationPeriods: 3,
  };
}

function domainAlarms(
  { certificateArn, healthCheckId }: DomainMonitoringTarget,
  region: string,
  { certificateDays }: AlarmSettings,
): AlarmDefinition[] {
  const certificate = certificateArn === undefined ? [] : [certificateExpiry(certificateArn, certificateDays)];
  // An alarm can only refer to metrics of its own region.
  if (healthCheckId === undefined || region !== healthCheckRegion) return certificate;
  return [...certificate, healthCheckFailure(healthCheckId)];
}

function certificateExpiry(certificateArn: string, days: number): AlarmDefinition {
  return {
    symptom: "certificate-days-to-expiry-low",
    description: `The certificate expires in less than ${days} days and was not renewed; check its validation records`,
    metric: daysToExpiry(certificateArn),
    threshold: { below: days },
    evaluationPeriods: 1,
    periodSeconds: secondsPerDay,
  };
}

function healthCheckFailure(healthCheckId: string): AlarmDefinition {
  return {
    symptom: "health-check-failed",
    description: "The health check of this region fails, and Route 53 routes callers to another region",
    metric: healthCheckStatus(healthCheckId),
    threshold: { below: 1 },
    evaluationPeriods: 1,
    treatMissingData: "breaching",
  };
}
