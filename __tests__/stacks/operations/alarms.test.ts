import { loadStages, stackName } from "../../../config";
import type { StageInput } from "../../../config/stage-config";
import { minimalDomain, minimalService, stageWith, waysIn } from "../../stage";
import { Synthesized } from "../../synthesized";
import { isCounted, watchedMetrics } from "./metric-sources";

type Alarms = NonNullable<NonNullable<StageInput["operations"]>["alarms"]>;

const scaling = { minimum: 2, maximum: 4, cpuPercent: 50 };
const everything = {
  ingress: {
    ...waysIn["rest-api via nlb-alb"],
    waf: {},
    domain: { ...minimalDomain, routing: { policy: "latency" } },
  },
  data: { queues: { mail: {} } },
  services: {
    orders: { ...minimalService, scaling, routes: [{ route: "GET /health", public: true }, "/*"] },
    mailer: { kind: "worker", queue: "mail" },
    nightly: { kind: "job", schedule: "rate(1 day)" },
  },
} as const satisfies Partial<StageInput>;
const stageOf = (fields: Partial<StageInput>, alarms: Alarms = {}) => stageWith({ ...fields, operations: { alarms } });
const synthesized = (fields: Partial<StageInput> = {}, alarms: Alarms = {}) => new Synthesized(stageOf(fields, alarms));
const alarmsOf = (stack: Synthesized) => Object.keys(stack.all("aws_cloudwatch_metric_alarm"));
const alarm = (stack: Synthesized, id: string) => stack.resource(`aws_cloudwatch_metric_alarm.operations_alarms_${id}`);
const composites = (stack: Synthesized) => Object.values(stack.all("aws_cloudwatch_composite_alarm"));
const topic = "${aws_sns_topic.operations_notices_topic.arn}";

const whole = synthesized(everything, { anomalies: {}, api: { clientErrorPercent: 50 } });

describe("every alarm", () => {
  const shipped = loadStages().map((stage) => [stackName(stage), new Synthesized(stage)] as const);
  const others = Object.entries(waysIn).map(([kind, ingress]) => [kind, synthesized({ ingress })] as const);
  const blueGreen = synthesized({
    ingress: waysIn.alb,
    services: { orders: { ...minimalService, deployment: { strategy: "blue-green" } } },
  });

  it.each([...shipped, ...others, ["all there is", whole] as const, ["blue and green", blueGreen] as const])(
    "of %s watches a metric that something of the same stack counts",
    (_, stack) => {
      const watched = watchedMetrics(stack);
      expect(watched.length).toBeGreaterThan(3);
      expect(watched.filter(([, metric]) => !isCounted(metric, stack))).toEqual([]);
    },
  );

  it.each([...shipped, ["all there is", whole] as const])(
    "of %s reaches the topic, by itself or by the alarm of its service",
    (_, stack) => {
      const silent = alarmsOf(stack).filter((id) => {
        const { alarm_actions: actions, ok_actions: well } = stack.resource(`aws_cloudwatch_metric_alarm.${id}`) ?? {};
        if (JSON.stringify([actions, well]) === JSON.stringify([[topic], [topic]])) return false;
        return !composites(stack).some(
          ({ alarm_rule: rule, alarm_actions: its, ok_actions: itsWell }) =>
            String(rule).includes(`ALARM("\${aws_cloudwatch_metric_alarm.${id}.alarm_name}")`) &&
            JSON.stringify([its, itsWell]) === JSON.stringify([[topic], [topic]]),
        );
      });
      expect(silent).toEqual([]);
    },
  );

  it("has a name of its own, whatever services are called", () => {
    const names = ["api", "alb", "web-acl", "domain", "mail-queue", "api-client", "orders-log"];
    const routes = (name: string) => [`/${name}/*`];
    const services = Object.fromEntries(names.map((name) => [name, { ...minimalService, routes: routes(name) }]));
    const stage = { ...everything, services: { ...everything.services, ...services } };
    const stack = synthesized(stage, { api: { clientErrorPercent: 5 }, anomalies: {} });
    const all = [...Object.values(stack.all("aws_cloudwatch_metric_alarm")), ...composites(stack)];
    expect(new Set(all.map(({ alarm_name: name }) => name)).size).toBe(all.length);
  });

  it("looks at minutes, and only what must always count is unwell in silence", () => {
    const all = alarmsOf(whole).map((id) => [id, whole.resource(`aws_cloudwatch_metric_alarm.${id}`)] as const);
    const silence = all.filter(([, each]) => each?.treat_missing_data === "breaching").map(([id]) => id);
    expect(silence.map((id) => id.replace("operations_alarms_", ""))).toEqual([
      "services_mailer_tasks",
      "services_orders_empty",
      "services_orders_tasks",
      "way-in_domain_health",
    ]);
    const others = all.filter(([, each]) => !["breaching", "notBreaching"].includes(String(each?.treat_missing_data)));
    expect(others).toEqual([]);
  });
});

describe("the alarms of a stage", () => {
  it("are those of the catalogue, for all that a stage may have", () => {
    expect(alarmsOf(whole).map((id) => id.replace("operations_alarms_", ""))).toEqual([
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
    expect(alarmsOf(synthesized({ ingress: waysIn.nlb, containerInsights: "disabled" }))).toEqual(
      ["cpu", "empty", "logged", "memory", "unhealthy"]
        .map((what) => `operations_alarms_services_orders_${what}`)
        .concat("operations_alarms_way-in_domain_certificate"),
    );
  });

  it("are none, and no topic, unless the stage asks for them", () => {
    for (const operations of [undefined, {}]) {
      const stack = new Synthesized(stageWith({ operations }));
      expect([...alarmsOf(stack), ...Object.keys(stack.all("aws_sns_topic"))]).toEqual([]);
    }
  });

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
    const stack = synthesized(everything, {
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
    const stack = synthesized({ ingress: waysIn.alb, services: { orders: { ...minimalService, deployment } } });
    expect(JSON.stringify(alarm(stack, "services_orders_empty")?.metric_query)).toContain(
      "FILL(hosts0, 0) + FILL(hosts1, 0)",
    );
    expect(JSON.stringify(alarm(stack, "services_orders_slow")?.metric_query)).toContain(
      "MAX([FILL(time0, 0), FILL(time1, 0)])",
    );
  });

  it("let a service sleep that a schedule sends to sleep, and count what is missing while it should not", () => {
    const schedules = { night: { at: "cron(0 20 * * ? *)", minimum: 0, maximum: 0 } };
    const stack = synthesized({ services: { orders: { ...minimalService, scaling: { ...scaling, schedules } } } });
    expect(alarm(stack, "services_orders_empty")).toBeUndefined();
    expect(alarm(stack, "services_orders_tasks")).toMatchObject({
      threshold: 0,
      comparison_operator: "GreaterThanThreshold",
      treat_missing_data: "notBreaching",
    });
    expect(JSON.stringify(alarm(stack, "services_orders_tasks"))).toContain("FILL(wanted, 0) - FILL(running, 0)");
  });

  it("see Route 53 only from us-east-1, where it counts", () => {
    const zones = ["eu-west-1a", "eu-west-1b"];
    const network = { cidr: "10.0.0.0/16", zones, egress: { mode: "vpc-endpoints" as const } };
    const stack = synthesized({ ...everything, region: "eu-west-1", network });
    expect(alarm(stack, "way-in_domain_health")).toBeUndefined();
    expect(alarm(stack, "way-in_domain_certificate")).toBeDefined();
  });

  it("leave a certificate that existed to its owner", () => {
    const arn = "arn:aws:acm:us-east-1:111122223333:certificate/1";
    const domain = { ...minimalDomain, certificate: { source: "existing" as const, arn } };
    expect(alarm(synthesized({ ingress: { kind: "alb", domain } }), "way-in_domain_certificate")).toBeUndefined();
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
    const alb = synthesized({ ingress: waysIn.alb }, { anomalies: { deviations: 2 } });
    expect(JSON.stringify(alarm(alb, "way-in_alb_unusual-requests"))).toContain("ANOMALY_DETECTION_BAND(value, 2)");
  });
});

describe("the alarm of a service", () => {
  const rollbackOnErrors = { percent: 7 };
  const deployment = { strategy: "rolling", rollbackOnErrors } as const;
  const services = { orders: { ...minimalService, deployment } };

  it("begins with what its callers feel, and leaves high CPU and memory to themselves", () => {
    const [first] = composites(synthesized({ ingress: waysIn.alb }));
    const parts = [...String(first?.alarm_rule).matchAll(/orders_([\w-]+)\.alarm_name/g)].map(([, what]) => what);
    expect(first?.alarm_name).toBe("shop-orders-service-dev01");
    expect(parts).toEqual(["slow", "unhealthy", "empty", "errors", "tasks", "logged"]);
  });

  it("takes the alarm that undoes deployments for the one on errors", () => {
    const stack = synthesized({ ingress: waysIn.alb, services });
    expect(alarm(stack, "services_orders_errors")).toBeUndefined();
    expect(composites(stack)[0]?.alarm_rule).toContain(
      'ALARM("${aws_cloudwatch_metric_alarm.services_orders_rollout_errors_alarm.alarm_name}")',
    );
    expect(stack.resource("aws_ecs_service.services_orders_service")).toMatchObject({
      alarms: { enable: true, rollback: true },
    });
  });

  it("writes nothing where each alarm writes", () => {
    const stack = synthesized({ ingress: waysIn.alb, services }, { messages: "each-alarm" });
    expect(composites(stack)).toMatchObject([{ alarm_actions: [], ok_actions: [] }]);
    const silent = Object.entries(stack.all("aws_cloudwatch_metric_alarm")).filter(
      ([, { alarm_actions: actions }]) => JSON.stringify(actions) !== JSON.stringify([topic]),
    );
    expect(silent).toEqual([]);
  });
});
