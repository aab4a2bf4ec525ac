import { minimalDomain, minimalService, stageWith, ingresses } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";
import { alarm, alarmsOf, composites, everything, topic, withAlarms } from "./monitored-stage";

const whole = withAlarms(everything, { anomalies: {}, api: { clientErrorPercent: 50 } });

describe("the alarms of a stage", () => {
  it("are those of the catalogue, for all that a stage may have", () => {
    expect(alarmsOf(whole).map((id) => id.replace("monitoring_alarms_", ""))).toEqual([
      "network_nat-a_exhausted",
      "network_nat-b_exhausted",
      "services_mailer_cpu",
      "services_mailer_logged",
      "services_mailer_memory",
      "services_mailer_tasks",
      "services_nightly_logged",
      "services_nightly_starts",
      "services_orders_cpu",
      "services_orders_empty",
      "services_orders_errors",
      "services_orders_logged",
      "services_orders_memory",
      "services_orders_slow",
      "services_orders_tasks",
      "services_orders_unhealthy",
      "stores_mail-queue_dead-letters",
      "stores_mail-queue_oldest",
      "stores_postgres_busy",
      "stores_postgres_charged",
      "stores_postgres_crowded",
      "stores_postgres_full",
      "stores_postgres_starved",
      "stores_postgres_waiting",
      "stores_redis_busy",
      "stores_redis_evictions",
      "stores_redis_full",
      "stores_redis_lag",
      "stores_redis_refusals",
      "stores_sold-topic_undelivered",
      "stores_users-table_failed",
      "stores_users-table_throttled",
      "way-in_alb_faults",
      "way-in_api_faults",
      "way-in_api_latency",
      "way-in_api_refusals",
      "way-in_api_unusual-latency",
      "way-in_api_unusual-requests",
      "way-in_domain_certificate",
      "way-in_domain_health",
      "way-in_web-acl_blocked",
    ]);
  });

  it("are only those of what it has", () => {
    expect(alarmsOf(withAlarms({ ingress: ingresses.nlb, containerInsights: "disabled" }))).toEqual(
      ["cpu", "empty", "logged", "memory", "unhealthy"]
        .map((what) => `monitoring_alarms_services_orders_${what}`)
        .concat("monitoring_way_in_domain_certificate"),
    );
  });

  it("are none, and no topic, unless the stage asks for them", () => {
    for (const monitoring of [undefined, {}]) {
      const stack = new Synthesized(stageWith({ monitoring }));
      expect([...alarmsOf(stack), ...Object.keys(stack.all("aws_sns_topic"))]).toEqual([]);
    }
  });

  it("see Route 53 only from us-east-1, where it counts", () => {
    const zones = ["eu-west-1a", "eu-west-1b"];
    const network = { cidr: "10.0.0.0/16", zones, egress: { mode: "vpc-endpoints" as const } };
    const stack = withAlarms({ ...everything, region: "eu-west-1", network });
    expect(alarm(stack, "way-in_domain_health")).toBeUndefined();
    expect(alarm(stack, "way-in_domain_certificate")).toBeDefined();
  });

  it("leave a certificate that existed to its owner", () => {
    const arn = "arn:aws:acm:us-east-1:111122223333:certificate/1";
    const domain = { ...minimalDomain, certificate: { source: "existing" as const, arn } };
    expect(alarm(withAlarms({ ingress: { kind: "alb", domain } }), "way-in_domain_certificate")).toBeUndefined();
  });
});

describe("the alarm of a service", () => {
  const rollbackOnErrors = { percent: 7 };
  const deployment = { strategy: "rolling", rollbackOnErrors } as const;
  const services = { orders: { ...minimalService, deployment } };

  it("begins with what its callers feel, and leaves high CPU and memory to themselves", () => {
    const [first] = composites(withAlarms({ ingress: ingresses.alb }));
    const parts = [...String(first?.alarm_rule).matchAll(/orders_([\w-]+)\.alarm_name/g)].map(([, what]) => what);
    expect(first?.alarm_name).toBe("shop-orders-service-dev01");
    expect(parts).toEqual(["slow", "unhealthy", "empty", "errors", "tasks", "logged"]);
  });

  it("takes the alarm that undoes deployments for the one on errors", () => {
    const stack = withAlarms({ ingress: ingresses.alb, services });
    expect(alarm(stack, "services_orders_errors")).toBeUndefined();
    expect(composites(stack)[0]?.alarm_rule).toContain(
      'ALARM("${aws_cloudwatch_metric_alarm.services_orders_rollout_errors.alarm_name}")',
    );
    expect(stack.resource("aws_ecs_service.services_orders")).toMatchObject({
      alarms: { enable: true, rollback: true },
    });
  });

  it("writes nothing where each alarm writes", () => {
    const stack = withAlarms({ ingress: ingresses.alb, services }, { messages: "each-alarm" });
    expect(composites(stack)).toMatchObject([{ alarm_actions: [], ok_actions: [] }]);
    const silent = Object.entries(stack.all("aws_cloudwatch_metric_alarm")).filter(
      ([, { alarm_actions: actions }]) => JSON.stringify(actions) !== JSON.stringify([topic]),
    );
    expect(silent).toEqual([]);
  });
});
