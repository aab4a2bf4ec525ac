import { z } from "zod";
import { postgresCapacity } from "../../../stacks/monitoring/metrics/postgres-capacity";
import { ingresses, minimalService } from "../../fixtures/stage";
import type { Synthesized } from "../../fixtures/synthesized";
import { alarm, alarmsOf, everything, scaling, serverless, withAlarms } from "./monitored-stage";
import { metricsOf } from "./metric-sources";

const whole = withAlarms(everything, { anomalies: {}, api: { clientErrorPercent: 50 } });
const gib = 1024 ** 3;

const operators = new Map([
  ["GreaterThanThreshold", ">"],
  ["GreaterThanOrEqualToThreshold", ">="],
  ["LessThanThreshold", "<"],
  ["GreaterThanUpperThreshold", "above the expected band"],
  ["LessThanLowerOrGreaterThanUpperThreshold", "outside of the expected band"],
]);
const conditionArguments = z.object({
  comparison_operator: z.string().transform((name) => operators.get(name)),
  threshold: z.number().optional(),
  datapoints_to_alarm: z.number(),
  evaluation_periods: z.number(),
  treat_missing_data: z.string(),
});

/** The conditions of all alarms, such as `Sum Requests > 10 in 3 of 3 periods of 60 s, notBreaching`. */
function conditions(stack: Synthesized): Record<string, string> {
  return Object.fromEntries(Object.entries(alarmsOf(stack)).map(([name, each]) => [name, conditionOf(each)]));
}

function conditionOf(resource: Readonly<Record<string, unknown>>): string {
  const condition = conditionArguments.parse(resource);
  const metrics = metricsOf(resource);
  const names = new Set(metrics.map(({ statistic, metric_name: metric }) => `${statistic} ${metric}`));
  const periods = new Set(metrics.map(({ period }) => period));
  const threshold = condition.threshold === undefined ? "" : ` ${condition.threshold}`;
  return (
    `${[...names].join(", ")} ${String(condition.comparison_operator)}${threshold} ` +
    `in ${condition.datapoints_to_alarm} of ${condition.evaluation_periods} periods of ${[...periods].join(", ")} s, ` +
    condition.treat_missing_data
  );
}

/** Some alarms' thresholds. */
const thresholds = (stack: Synthesized, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, alarm(stack, name)?.threshold]));

describe("the condition of an alarm", () => {
  const [three, five] = ["in 3 of 3 periods of 60 s, notBreaching", "in 5 of 5 periods of 60 s, notBreaching"];
  const errors = { 5: "Sum 5XXError, Sum Count", 4: "Sum 4XXError, Sum Count" };

  it("has the documented statistic, threshold, periods and treatment of missing data by default", () => {
    expect(conditions(whole)).toEqual({
      "alb-elb-5xx-high": `Sum HTTPCode_ELB_5XX_Count > 10 ${three}`,
      "api-4xx-high": `${errors[4]} > 50 ${five}`,
      "api-5xx-high": `${errors[5]} > 5 ${three}`,
      "api-latency-anomaly": `p90 Latency above the expected band ${five}`,
      "api-latency-high": `p90 Latency >= 2500 ${five}`,
      "api-request-count-anomaly": `Sum Count outside of the expected band ${five}`,
      "domain-certificate-days-to-expiry-low": "Minimum DaysToExpiry < 45 in 1 of 1 periods of 86400 s, notBreaching",
      "domain-health-check-failed": "Minimum HealthCheckStatus < 1 in 1 of 1 periods of 60 s, breaching",
      "mail-queue-dead-letters-high":
        "Maximum ApproximateNumberOfMessagesVisible > 0 in 1 of 1 periods of 60 s, notBreaching",
      "mail-queue-oldest-message-age-high": `Maximum ApproximateAgeOfOldestMessage > 900 ${five}`,
      "mailer-cpu-utilization-high": `Average CPUUtilization > 90 ${five}`,
      "mailer-logged-errors-high": `Sum LoggedErrors > 10 ${three}`,
      "mailer-memory-utilization-high": `Average MemoryUtilization > 90 ${five}`,
      "mailer-running-tasks-low": "Average RunningTaskCount < 1 in 5 of 5 periods of 60 s, breaching",
      "nat-a-port-allocation-errors-high": `Sum ErrorPortAllocation > 0 ${three}`,
      "nat-b-port-allocation-errors-high": `Sum ErrorPortAllocation > 0 ${three}`,
      "nightly-logged-errors-high": `Sum LoggedErrors > 10 ${three}`,
      "nightly-start-failed": "Maximum ApproximateNumberOfMessagesVisible > 0 in 1 of 1 periods of 60 s, notBreaching",
      "orders-cpu-utilization-high": `Average CPUUtilization > 90 ${five}`,
      "orders-healthy-hosts-low": "Minimum HealthyHostCount < 1 in 2 of 2 periods of 60 s, breaching",
      "orders-logged-errors-high": `Sum LoggedErrors > 10 ${three}`,
      "orders-memory-utilization-high": `Average MemoryUtilization > 90 ${five}`,
      "orders-running-tasks-low": "Average RunningTaskCount < 2 in 5 of 5 periods of 60 s, breaching",
      "orders-target-5xx-high": `Sum HTTPCode_Target_5XX_Count, Sum RequestCount > 5 ${three}`,
      "orders-target-response-time-high": `p99 TargetResponseTime > 2 ${five}`,
      "orders-unhealthy-hosts-high": `Maximum UnHealthyHostCount >= 1 ${five}`,
      "postgres-connections-high": `Maximum DatabaseConnections > 151 ${five}`,
      "postgres-cpu-credit-low": "Maximum CPUSurplusCreditsCharged > 0 in 3 of 3 periods of 300 s, notBreaching",
      "postgres-server-cpu-utilization-high": `Maximum CPUUtilization > 90 ${five}`,
      "postgres-free-storage-low": `Minimum FreeStorageSpace < ${gib} in 5 of 5 periods of 60 s, missing`,
      "postgres-freeable-memory-low": `Minimum FreeableMemory < ${Math.round(0.1 * 2 * gib)} in 15 of 15 periods of 60 s, notBreaching`,
      "postgres-proxy-borrow-latency-high": `Average DatabaseConnectionsBorrowLatency > 500000 ${five}`,
      "redis-authentication-failures-high": `Sum AuthenticationFailures > 0 ${three}`,
      "redis-engine-cpu-utilization-high": `Maximum EngineCPUUtilization > 90 ${five}`,
      "redis-evictions-high": "Sum Evictions > 0 in 15 of 15 periods of 60 s, notBreaching",
      "redis-memory-usage-high": `Maximum DatabaseMemoryUsagePercentage > 80 ${five}`,
      "redis-replication-lag-high": `Maximum ReplicationLag > 10 ${five}`,
      "sold-topic-notifications-failed": "Sum NumberOfNotificationsFailed > 0 in 1 of 1 periods of 60 s, notBreaching",
      "users-table-system-errors-high": `Sum SystemErrors > 10 ${five}`,
      "users-table-throttle-events-high": `Sum ReadThrottleEvents, Sum WriteThrottleEvents > 10 ${five}`,
      "web-acl-blocked-requests-high": `Sum BlockedRequests > 100 ${three}`,
    });
  });

  it("uses the metrics and maximum capacities of a serverless database and cache", () => {
    const all = Object.entries(conditions(withAlarms(serverless)));
    expect(Object.fromEntries(all.filter(([name]) => /^(postgres|redis)/.test(name)))).toEqual({
      "postgres-connections-high": `Maximum DatabaseConnections > 658 ${five}`,
      "postgres-server-cpu-utilization-high": `Maximum CPUUtilization > 90 ${five}`,
      "postgres-freeable-memory-low": `Minimum FreeableMemory < ${Math.round(0.8 * gib)} in 15 of 15 periods of 60 s, notBreaching`,
      "postgres-replica-lag-high": `Maximum AuroraReplicaLag > 1000 ${five}`,
      "redis-authentication-failures-high": `Sum AuthenticationFailures > 0 ${three}`,
      "redis-evictions-high": "Sum Evictions > 0 in 15 of 15 periods of 60 s, notBreaching",
      "redis-memory-usage-high": `Maximum BytesUsedForCache > 4000000000 ${five}`,
      "redis-throttled-commands-high": `Sum ThrottledCmds > 0 ${five}`,
    });
  });

  it("adds up the notifications that a topic could not deliver", () => {
    expect(alarm(whole, "sold-topic-notifications-failed")).toMatchObject({
      metric_name: "NumberOfNotificationsFailed",
      statistic: "Sum",
    });
  });

  it("averages the time in which the database proxy lends a connection", () => {
    expect(alarm(whole, "postgres-proxy-borrow-latency-high")).toMatchObject({
      metric_name: "DatabaseConnectionsBorrowLatency",
      statistic: "Average",
    });
  });

  it("has the thresholds of the stage file", () => {
    const stack = withAlarms(everything, {
      api: { serverErrorPercent: 1, latencyMs: 500, minimumRequests: 7 },
      services: { errorPercent: 2, latencyMs: 1500, cpuPercent: 70, memoryPercent: 80, loggedErrors: 3 },
      loadBalancerErrors: 4,
      blockedRequests: 5,
      oldestMessageMinutes: 6,
      certificateDays: 30,
      postgres: {
        cpuPercent: 71,
        freeMemoryPercent: 20,
        freeStoragePercent: 15,
        connectionsPercent: 50,
        proxyWaitMs: 20,
      },
      redis: { cpuPercent: 60, memoryPercent: 50, evictions: 5, replicaLagSeconds: 3, authenticationFailures: 2 },
      tables: { throttledRequests: 1, systemErrors: 2 },
    });
    const expected = {
      "api-5xx-high": 1,
      "api-latency-high": 500,
      "orders-target-5xx-high": 2,
      "orders-target-response-time-high": 1.5,
      "orders-cpu-utilization-high": 70,
      "orders-memory-utilization-high": 80,
      "orders-logged-errors-high": 3,
      "alb-elb-5xx-high": 4,
      "web-acl-blocked-requests-high": 5,
      "mail-queue-oldest-message-age-high": 360,
      "domain-certificate-days-to-expiry-low": 30,
      "postgres-server-cpu-utilization-high": 71,
      "postgres-freeable-memory-low": Math.round(0.2 * 2 * gib),
      "postgres-free-storage-low": 3 * gib,
      "postgres-connections-high": 94,
      "postgres-proxy-borrow-latency-high": 20000,
      "redis-engine-cpu-utilization-high": 60,
      "redis-memory-usage-high": 50,
      "redis-evictions-high": 5,
      "redis-replication-lag-high": 3,
      "redis-authentication-failures-high": 2,
      "users-table-throttle-events-high": 1,
      "users-table-system-errors-high": 2,
    };
    expect(thresholds(stack, Object.keys(expected))).toEqual(expected);
    expect(JSON.stringify(alarm(stack, "api-5xx-high"))).toContain("FILL(requests, 0) >= 7");
    const readers = withAlarms(serverless, { postgres: { readerLagMs: 50 } });
    expect(alarm(readers, "postgres-replica-lag-high")?.threshold).toBe(50);
  });

  it("combines both target groups of a service with traffic shifting", () => {
    const deployment = { strategy: "blue-green" } as const;
    const stack = withAlarms({ ingress: ingresses.alb, services: { orders: { ...minimalService, deployment } } });
    expect(JSON.stringify(alarm(stack, "orders-healthy-hosts-low")?.metric_query)).toContain(
      "FILL(hosts0, 0) + FILL(hosts1, 0)",
    );
    expect(JSON.stringify(alarm(stack, "orders-target-response-time-high")?.metric_query)).toContain(
      "MAX([FILL(time0, 0), FILL(time1, 0)])",
    );
  });

  it("compares running with desired tasks, and allows no healthy hosts, where a schedule scales to zero", () => {
    const schedules = { night: { schedule: "cron(0 20 * * ? *)", minimum: 0, maximum: 0 } };
    const stack = withAlarms({ services: { orders: { ...minimalService, scaling: { ...scaling, schedules } } } });
    expect(alarm(stack, "orders-healthy-hosts-low")).toBeUndefined();
    expect(alarm(stack, "orders-running-tasks-low")).toMatchObject({
      threshold: 0,
      comparison_operator: "GreaterThanThreshold",
      treat_missing_data: "notBreaching",
    });
    expect(JSON.stringify(alarm(stack, "orders-running-tasks-low"))).toContain("FILL(wanted, 0) - FILL(running, 0)");
  });

  it("compares with the band of anomaly detection, whose width the stage file sets", () => {
    expect(alarm(whole, "api-request-count-anomaly")).toMatchObject({
      threshold_metric_id: "usual",
      metric_query: [
        { id: "value", return_data: true },
        { id: "usual", expression: "ANOMALY_DETECTION_BAND(value, 3)", return_data: true },
      ],
    });
    const alb = withAlarms({ ingress: ingresses.alb }, { anomalies: { deviations: 2 } });
    expect(JSON.stringify(alarm(alb, "alb-request-count-anomaly"))).toContain("ANOMALY_DETECTION_BAND(value, 2)");
  });
});

describe("the capacity of a database", () => {
  const capacityOf = (name: string) => postgresCapacity({ kind: "instance", server: "a", class: name, storageGib: 20 });

  it.each([
    ["db.t4g.micro", 1, 83],
    ["db.t3.small", 2, 189],
    ["db.t4g.medium", 4, 400],
    ["db.m8g.large", 8, 823],
    ["db.c6gd.large", 4, 400],
    ["db.r7g.xlarge", 32, 3360],
    ["db.r6i.32xlarge", 1024, 5000],
    ["db.x2g.large", 32, 3360],
    ["db.x2iedn.xlarge", 128, 5000],
  ])("of class %s is %d GiB and %d connections", (name, memoryGib, connections) => {
    expect(capacityOf(name)).toEqual({ memoryGib, connections });
  });

  it("is that of the maximum ACUs of a cluster, with the connections of AWS's table", () => {
    const capacities = [1, 4, 8, 16, 32].map((maximum) =>
      postgresCapacity({ kind: "cluster", cluster: "a", servers: [], capacity: { minimum: 1, maximum } }),
    );
    expect(capacities.map((capacity) => capacity?.connections)).toEqual([189, 823, 1669, 3360, 5000]);
    const paused = { kind: "cluster", cluster: "a", servers: [], capacity: { minimum: 0.5, maximum: 16 } } as const;
    expect(postgresCapacity(paused)).toEqual({ memoryGib: 32, connections: 2000 });
  });
});
