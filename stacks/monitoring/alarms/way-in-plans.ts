import type { AlarmSettings } from "../../../schema/monitoring/alarms";
import { apiMetric, apiRequests, apiShare } from "../metrics/api";
import { daysToExpiry, healthCheckRegion, healthStatus } from "../metrics/domain";
import { balancerMetric } from "../metrics/load-balancer";
import { webAclMetric } from "../metrics/web-acl";
import type { Metric } from "../metric";
import type {
  ApiMonitoringTarget,
  DomainMonitoringTarget,
  IngressMonitoringTargets,
  WebAclMonitoringTarget,
} from "../monitoring-target";
import type { AlarmPlan } from "./alarm-plan";

const secondsOfDay = 24 * 60 * 60;

/** The alarms of a way in, by the part that each is about. */
export function wayInPlans(
  { api, loadBalancer, webAcl, domain }: IngressMonitoringTargets,
  region: string,
  settings: AlarmSettings,
): Readonly<Record<string, readonly AlarmPlan[]>> {
  const balancerUsual =
    loadBalancer !== undefined && api === undefined ? balancerUsualPlans(loadBalancer, settings) : [];
  return {
    api: api === undefined ? [] : apiPlans(api, settings),
    alb: loadBalancer === undefined ? [] : [balancerPlan(loadBalancer, settings), ...balancerUsual],
    "web-acl": webAcl === undefined ? [] : [webAclPlan(webAcl, region, settings)],
    domain: domain === undefined ? [] : domainPlans(domain, region, settings),
  };
}

function apiPlans(api: ApiMonitoringTarget, { api: limits, anomalies }: AlarmSettings): AlarmPlan[] {
  const { serverErrorPercent, clientErrorPercent, minimumRequests, latencyMs } = limits;
  const share = (what: "faults" | "refusals", limit: number, periods: number): AlarmPlan => ({
    what,
    description: `More than ${limit} % of the API's answers are ${what === "faults" ? "5xx" : "4xx"}`,
    measure: apiShare(api, what, minimumRequests),
    limit: { above: limit },
    periods,
  });
  return [
    share("faults", serverErrorPercent, 3),
    ...(clientErrorPercent === undefined ? [] : [share("refusals", clientErrorPercent, 5)]),
    {
      what: "latency",
      description: `One in ten requests to the API takes ${latencyMs} ms or longer`,
      measure: apiMetric(api, "latency", "p90"),
      limit: { atLeast: latencyMs },
      periods: 5,
    },
    ...usualPlans(apiRequests(api), apiMetric(api, "latency", "p90"), anomalies),
  ];
}

function balancerPlan(loadBalancer: string, { loadBalancerErrors }: AlarmSettings): AlarmPlan {
  return {
    what: "faults",
    description: `The load balancer answers more than ${loadBalancerErrors} requests a minute with a 5xx of its own`,
    measure: balancerMetric(loadBalancer, "HTTPCode_ELB_5XX_Count"),
    limit: { above: loadBalancerErrors },
    periods: 3,
  };
}

function balancerUsualPlans(loadBalancer: string, { anomalies }: AlarmSettings): AlarmPlan[] {
  const latency = balancerMetric(loadBalancer, "TargetResponseTime", "p90");
  return usualPlans(balancerMetric(loadBalancer, "RequestCount"), latency, anomalies);
}

function usualPlans(requests: Metric, latency: Metric, anomalies: AlarmSettings["anomalies"]): AlarmPlan[] {
  if (anomalies === undefined) return [];
  const common = { deviations: anomalies.deviations, periods: 5 };
  return [
    {
      ...common,
      what: "unusual-requests",
      description: "Far more or far fewer requests come than usual at this time",
      measure: requests,
      anomaly: "either-way",
    },
    {
      ...common,
      what: "unusual-latency",
      description: "Requests take far longer than usual at this time",
      measure: latency,
      anomaly: "higher",
    },
  ];
}

function webAclPlan(webAcl: WebAclMonitoringTarget, region: string, { blockedRequests }: AlarmSettings): AlarmPlan {
  return {
    what: "blocked",
    description: `WAF blocks more than ${blockedRequests} requests a minute: an attack, or a rule that is wrong`,
    measure: webAclMetric(webAcl, region, "BlockedRequests"),
    limit: { above: blockedRequests },
    periods: 3,
  };
}

function domainPlans(
  { certificateArn, healthCheckId }: DomainMonitoringTarget,
  region: string,
  { certificateDays }: AlarmSettings,
): AlarmPlan[] {
  const certificate = certificateArn === undefined ? [] : [certificatePlan(certificateArn, certificateDays)];
  // An alarm sees the metrics of its own region only.
  if (healthCheckId === undefined || region !== healthCheckRegion) return certificate;
  return [...certificate, healthPlan(healthCheckId)];
}

function certificatePlan(certificateArn: string, days: number): AlarmPlan {
  return {
    what: "certificate",
    description: `The certificate ends in less than ${days} days and was not renewed: look for its validation records`,
    measure: daysToExpiry(certificateArn),
    limit: { below: days },
    periods: 1,
    periodSeconds: secondsOfDay,
  };
}

function healthPlan(healthCheckId: string): AlarmPlan {
  return {
    what: "health",
    description: "Route 53 reaches this region no longer from outside, and sends callers to another",
    measure: healthStatus(healthCheckId),
    limit: { below: 1 },
    periods: 1,
    treatMissingData: "unwell",
  };
}
