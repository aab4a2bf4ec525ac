import { minimalService, ingresses } from "../../fixtures/stage";
import { alarm, everything, scaling, withAlarms } from "./monitored-stage";

const whole = withAlarms(everything, { anomalies: {}, api: { clientErrorPercent: 50 } });

describe("the alarms of a stage", () => {
  it("have the limits of the catalogue by default", () => {
    const limit = (id: string) => {
      const {
        comparison_operator: operator,
        threshold,
        evaluation_periods: n,
        datapoints_to_alarm: m,
      } = alarm(whole, id) ?? {};
      return [operator, threshold, m, n];
    };
    const [above, atLeast, below] = ["GreaterThanThreshold", "GreaterThanOrEqualToThreshold", "LessThanThreshold"];
    expect(limit("way-in_api_faults")).toEqual([above, 5, 3, 3]);
    expect(limit("way-in_api_refusals")).toEqual([above, 50, 5, 5]);
    expect(limit("way-in_api_latency")).toEqual([atLeast, 2500, 5, 5]);
    expect(limit("way-in_alb_faults")).toEqual([above, 10, 3, 3]);
    expect(limit("way-in_web-acl_blocked")).toEqual([above, 100, 3, 3]);
    expect(limit("way-in_domain_certificate")).toEqual([below, 45, 1, 1]);
    expect(limit("way-in_domain_health")).toEqual([below, 1, 1, 1]);
    expect(limit("services_orders_errors")).toEqual([above, 5, 3, 3]);
    expect(limit("services_orders_slow")).toEqual([above, 2, 5, 5]);
    expect(limit("services_orders_unhealthy")).toEqual([atLeast, 1, 5, 5]);
    expect(limit("services_orders_empty")).toEqual([below, 1, 2, 2]);
    expect(limit("services_orders_cpu")).toEqual([above, 90, 5, 5]);
    expect(limit("services_orders_memory")).toEqual([above, 90, 5, 5]);
    expect(limit("services_orders_tasks")).toEqual([below, 2, 5, 5]);
    expect(limit("services_orders_logged")).toEqual([above, 10, 3, 3]);
    expect(limit("services_nightly_starts")).toEqual([above, 0, 1, 1]);
    expect(limit("stores_mail-queue_oldest")).toEqual([above, 900, 5, 5]);
    expect(limit("stores_mail-queue_dead-letters")).toEqual([above, 0, 1, 1]);
  });

  it("have the limits that the stage writes", () => {
    const stack = withAlarms(everything, {
      api: { serverErrorPercent: 1, latencyMs: 500, minimumRequests: 7 },
      services: { errorPercent: 2, latencyMs: 1500, cpuPercent: 70, memoryPercent: 80, loggedErrors: 3 },
      loadBalancerErrors: 4,
      blockedRequests: 5,
      oldestMessageMinutes: 6,
      certificateDays: 30,
    });
    const threshold = (id: string) => alarm(stack, id)?.threshold;
    expect([
      threshold("way-in_api_faults"),
      threshold("way-in_api_latency"),
      threshold("services_orders_errors"),
      threshold("services_orders_slow"),
      threshold("services_orders_cpu"),
      threshold("services_orders_memory"),
      threshold("services_orders_logged"),
      threshold("way-in_alb_faults"),
      threshold("way-in_web-acl_blocked"),
      threshold("stores_mail-queue_oldest"),
      threshold("way-in_domain_certificate"),
    ]).toEqual([1, 500, 2, 1.5, 70, 80, 3, 4, 5, 360, 30]);
    expect(JSON.stringify(alarm(stack, "way-in_api_faults"))).toContain("FILL(requests, 0) >= 7");
  });

  it("ask for percentiles, and for the worst value where one is enough", () => {
    expect(alarm(whole, "way-in_api_latency")).toMatchObject({ extended_statistic: "p90", metric_name: "Latency" });
    expect(alarm(whole, "services_orders_slow")).toMatchObject({ extended_statistic: "p99" });
    expect(alarm(whole, "services_orders_unhealthy")).toMatchObject({ statistic: "Maximum" });
    expect(alarm(whole, "services_orders_empty")).toMatchObject({ statistic: "Minimum" });
    expect(alarm(whole, "services_orders_tasks")).toMatchObject({ statistic: "Average" });
  });

  it("add both target groups of a service whose requests are shifted", () => {
    const deployment = { strategy: "blue-green" } as const;
    const stack = withAlarms({ ingress: ingresses.alb, services: { orders: { ...minimalService, deployment } } });
    expect(JSON.stringify(alarm(stack, "services_orders_empty")?.metric_query)).toContain(
      "FILL(hosts0, 0) + FILL(hosts1, 0)",
    );
    expect(JSON.stringify(alarm(stack, "services_orders_slow")?.metric_query)).toContain(
      "MAX([FILL(time0, 0), FILL(time1, 0)])",
    );
  });

  it("let a service sleep that a schedule sends to sleep, and count what is missing while it should not", () => {
    const schedules = { night: { schedule: "cron(0 20 * * ? *)", minimum: 0, maximum: 0 } };
    const stack = withAlarms({ services: { orders: { ...minimalService, scaling: { ...scaling, schedules } } } });
    expect(alarm(stack, "services_orders_empty")).toBeUndefined();
    expect(alarm(stack, "services_orders_tasks")).toMatchObject({
      threshold: 0,
      comparison_operator: "GreaterThanThreshold",
      treat_missing_data: "notBreaching",
    });
    expect(JSON.stringify(alarm(stack, "services_orders_tasks"))).toContain("FILL(wanted, 0) - FILL(running, 0)");
  });

  it("compare with what is usual when told so", () => {
    expect(alarm(whole, "way-in_api_unusual-requests")).toMatchObject({
      comparison_operator: "LessThanLowerOrGreaterThanUpperThreshold",
      threshold_metric_id: "usual",
      metric_query: [
        { id: "value", return_data: true },
        { id: "usual", expression: "ANOMALY_DETECTION_BAND(value, 3)", return_data: true },
      ],
    });
    expect(alarm(whole, "way-in_api_unusual-latency")?.comparison_operator).toBe("GreaterThanUpperThreshold");
    const alb = withAlarms({ ingress: ingresses.alb }, { anomalies: { deviations: 2 } });
    expect(JSON.stringify(alarm(alb, "way-in_alb_unusual-requests"))).toContain("ANOMALY_DETECTION_BAND(value, 2)");
  });
});
