import { loadStages, stackName } from "../../../schema";
import { minimalService, ingresses } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";
import { isCounted, watchedMetrics } from "./metric-sources";
import { alarmsOf, composites, everything, serverless, topic, withAlarms } from "./monitored-stage";

const whole = withAlarms(everything, { anomalies: {}, api: { clientErrorPercent: 50 } });

describe("every alarm", () => {
  const shipped = loadStages().map((stage) => [stackName(stage), new Synthesized(stage)] as const);
  const others = Object.entries(ingresses).map(([kind, ingress]) => [kind, withAlarms({ ingress })] as const);
  const blueGreen = withAlarms({
    ingress: ingresses.alb,
    services: { orders: { ...minimalService, deployment: { strategy: "blue-green" } } },
  });

  it.each([
    ...shipped,
    ...others,
    ["all there is", whole] as const,
    ["blue and green", blueGreen] as const,
    ["serverless", withAlarms(serverless)] as const,
  ])("of %s watches a metric that something of the same stack counts", (_, stack) => {
    const monitoringTargets = watchedMetrics(stack);
    expect(monitoringTargets.length).toBeGreaterThan(3);
    expect(monitoringTargets.filter(([, metric]) => !isCounted(metric, stack))).toEqual([]);
  });

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
    const names = [
      "api",
      "alb",
      "web-acl",
      "domain",
      "mail-queue",
      "api-client",
      "orders-log",
      "postgres",
      "redis",
      "nat-a",
    ];
    const routes = (name: string) => [`/${name}/*`];
    const services = Object.fromEntries(names.map((name) => [name, { ...minimalService, routes: routes(name) }]));
    const stage = { ...everything, services: { ...everything.services, ...services } };
    const stack = withAlarms(stage, { api: { clientErrorPercent: 5 }, anomalies: {} });
    const all = [...Object.values(stack.all("aws_cloudwatch_metric_alarm")), ...composites(stack)];
    expect(new Set(all.map(({ alarm_name: name }) => name)).size).toBe(all.length);
  });

  it("looks at minutes, and only what must always count is unwell in treatMissingData", () => {
    const all = alarmsOf(whole).map((id) => [id, whole.resource(`aws_cloudwatch_metric_alarm.${id}`)] as const);
    const treatMissingData = all.filter(([, each]) => each?.treat_missing_data === "breaching").map(([id]) => id);
    expect(treatMissingData.map((id) => id.replace("monitoring_alarms_", ""))).toEqual([
      "services_mailer_tasks",
      "services_orders_empty",
      "services_orders_tasks",
      "way-in_domain_health",
    ]);
    const others = all.filter(([, each]) => !["breaching", "notBreaching"].includes(String(each?.treat_missing_data)));
    // A full disk may be what keeps a database from telling that it is full.
    expect(others.map(([id, each]) => [id, each?.treat_missing_data])).toEqual([
      ["monitoring_stores_postgres_full", "missing"],
    ]);
  });
});
