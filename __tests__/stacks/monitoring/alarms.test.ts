import { stackName } from "../../../schema";
import type { StageInput } from "../../../schema/stage";
import { fixtureStages } from "../../fixtures/config";
import { fieldPathsIn, isField } from "../../fixtures/stage-fields";
import { ingresses, minimalDomain, minimalService, stageWith } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";
import { alarmMetrics, isCounted } from "./metric-sources";
import {
  alarm,
  alarmsOf,
  compositesOf,
  everything,
  nameWithin,
  serverless,
  topicOf,
  withAlarms,
} from "./monitored-stage";

const whole = withAlarms(everything, { anomalies: {}, api: { clientErrorPercent: 50 } });
const ofFixtures = fixtureStages().map((stage) => [stackName(stage), new Synthesized(stage)] as const);

/** The addresses of alarms in the rule of a composite alarm. */
const partsOf = (rule: unknown) =>
  [...String(rule).matchAll(/ALARM\("\$\{(aws_[\w.-]+)\.alarm_name\}"\)/g)].map(([, address = ""]) => address);

describe("every alarm", () => {
  const others = Object.entries(ingresses).map(([kind, ingress]) => [kind, withAlarms({ ingress })] as const);
  const blueGreen = withAlarms({
    ingress: ingresses.alb,
    services: { orders: { ...minimalService, deployment: { strategy: "blue-green" } } },
  });

  it.each([
    ...ofFixtures,
    ...others,
    ["every alarm", whole] as const,
    ["blue-green deployments", blueGreen] as const,
    ["serverless data services", withAlarms(serverless)] as const,
  ])("of %s refers to a metric that a resource of the same stack has", (_, stack) => {
    const metrics = alarmMetrics(stack);
    expect(metrics.length).toBeGreaterThan(3);
    expect(metrics.filter(([, metric]) => !isCounted(metric, stack))).toEqual([]);
  });

  it.each([...ofFixtures, ["every alarm", whole] as const])(
    "of %s notifies the topic, itself or through the composite alarm of its service",
    (_, stack) => {
      const notifies = ({ alarm_actions: actions, ok_actions: okActions }: Readonly<Record<string, unknown>>) =>
        JSON.stringify([actions, okActions]) === JSON.stringify([[topicOf(stack)], [topicOf(stack)]]);
      const composites = Object.values(compositesOf(stack)).filter(notifies);
      const parts = composites.flatMap(({ alarm_rule: rule }) => partsOf(rule));
      const silent = Object.entries(stack.all("aws_cloudwatch_metric_alarm")).filter(
        ([id, each]) => !notifies(each) && !parts.includes(`aws_cloudwatch_metric_alarm.${id}`),
      );
      expect(silent).toEqual([]);
    },
  );

  it("names only fields of the schema in its description", () => {
    const stacks = [...[...ofFixtures, ...others].map(([, stack]) => stack), whole, blueGreen, withAlarms(serverless)];
    const paths = stacks.flatMap((stack) =>
      [...Object.values(alarmsOf(stack)), ...Object.values(compositesOf(stack))].flatMap(
        ({ alarm_description: description }) => fieldPathsIn(String(description)),
      ),
    );
    expect(paths).toContain("data.postgres.storage.allocatedGiB");
    expect(paths.filter((path) => !isField(path))).toEqual([]);
  });

  it("has a unique name, whatever the names of services", () => {
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
    const all = [
      ...Object.values(stack.all("aws_cloudwatch_metric_alarm")),
      ...Object.values(stack.all("aws_cloudwatch_composite_alarm")),
    ];
    expect(all.length).toBeGreaterThan(100);
    expect(new Set(all.map(({ alarm_name: name }) => name)).size).toBe(all.length);
  });
});

describe("the alarms of a stage", () => {
  const symptomsOf = (stack: Synthesized, subject: string) =>
    Object.keys(alarmsOf(stack)).flatMap((name) =>
      name.startsWith(`${subject}-`) ? name.slice(subject.length + 1) : [],
    );

  it("are only those of what it contains", () => {
    expect(Object.keys(alarmsOf(withAlarms({ ingress: ingresses.nlb, containerInsights: "disabled" })))).toEqual([
      "domain-certificate-days-to-expiry-low",
      "orders-cpu-utilization-high",
      "orders-healthy-hosts-low",
      "orders-logged-errors-high",
      "orders-memory-utilization-high",
      "orders-unhealthy-hosts-high",
    ]);
  });

  it("are none, and without a topic, unless the stage file has alarms", () => {
    for (const monitoring of [undefined, {}]) {
      const stack = new Synthesized(stageWith({ monitoring }));
      expect([...Object.keys(alarmsOf(stack)), ...Object.keys(stack.all("aws_sns_topic"))]).toEqual([]);
    }
  });

  it("include the health check only in us-east-1, the region of its metrics", () => {
    const zones = ["eu-west-1a", "eu-west-1b"];
    const network = { cidr: "10.0.0.0/16", zones, egress: { mode: "vpc-endpoints" as const } };
    const stack = withAlarms({ ...everything, region: "eu-west-1", network });
    expect(symptomsOf(stack, "domain")).toEqual(["certificate-days-to-expiry-low"]);
  });

  it("exclude a certificate that the stage does not request", () => {
    const arn = "arn:aws:acm:us-east-1:111122223333:certificate/1";
    const domain = { ...minimalDomain, certificate: { source: "existing" as const, arn } };
    expect(symptomsOf(withAlarms({ ingress: { kind: "alb", domain } }), "domain")).toEqual([]);
  });

  const withData = (data: NonNullable<StageInput["data"]>) => {
    const uses = Object.keys(data);
    return withAlarms({ data, services: { orders: { ...minimalService, uses } } });
  };

  it("exclude replicas, CPU credits and proxy where data services have none", () => {
    const stack = withData({
      postgres: { kind: "instance", instanceClass: "db.m8g.large" },
      redis: { kind: "replication-group", replicas: 0 },
    });
    expect(symptomsOf(stack, "postgres")).toEqual([
      "connections-high",
      "free-storage-low",
      "freeable-memory-low",
      "server-cpu-utilization-high",
    ]);
    expect(symptomsOf(stack, "redis")).toEqual([
      "authentication-failures-high",
      "engine-cpu-utilization-high",
      "evictions-high",
      "memory-usage-high",
    ]);
    expect(alarm(stack, "redis-engine-cpu-utilization-high")?.dimensions).toEqual({
      CacheClusterId: expect.stringMatching(/^\$\{aws_elasticache_replication_group\.[\w-]+\.id\}-001$/) as string, // jest types it any
    });
    const withoutReaders = withData({ postgres: { kind: "aurora-serverless", readers: 0 } });
    expect(symptomsOf(withoutReaders, "postgres")).not.toContain("replica-lag-high");
  });

  it("exclude memory and connections of an unknown instance class", () => {
    const stack = withData({ postgres: { kind: "instance", instanceClass: "db.q9.large" } });
    expect(symptomsOf(stack, "postgres")).toEqual(["free-storage-low", "server-cpu-utilization-high"]);
  });
});

describe("the composite alarm of a service", () => {
  const rollbackOnErrors = { percent: 7 };
  const deployment = { strategy: "rolling", rollbackOnErrors } as const;
  const services = { orders: { ...minimalService, deployment } };
  const parts = (stack: Synthesized) =>
    partsOf(compositesOf(stack)["orders-service-degraded"]?.alarm_rule).map((address) =>
      nameWithin(stack.resource(address)?.alarm_name),
    );

  it("contains the symptoms that callers notice, not CPU and memory", () => {
    const stack = withAlarms({ ingress: ingresses.alb });
    expect(Object.keys(compositesOf(stack))).toEqual(["orders-service-degraded"]);
    expect(parts(stack)).toEqual([
      "orders-target-response-time-high",
      "orders-unhealthy-hosts-high",
      "orders-healthy-hosts-low",
      "orders-target-5xx-high",
      "orders-running-tasks-low",
      "orders-logged-errors-high",
    ]);
  });

  it("contains the rollback alarm in place of the alarm on 5xx responses", () => {
    const stack = withAlarms({ ingress: ingresses.alb, services });
    expect(alarm(stack, "orders-target-5xx-high")).toBeUndefined();
    expect(parts(stack)).toContain("orders-rollback-target-5xx-high");
    expect(Object.values(stack.all("aws_ecs_service"))).toMatchObject([{ alarms: { enable: true, rollback: true } }]);
  });

  it("is replaced when its alarms change, as AWS refuses to delete an alarm that it names", () => {
    const stack = withAlarms({ ingress: ingresses.alb });
    const members = "terraform_data.monitoring_alarms_services_orders_members";
    expect(compositesOf(stack)["orders-service-degraded"]).toMatchObject({
      lifecycle: { replace_triggered_by: [members] },
    });
    const names = partsOf(compositesOf(stack)["orders-service-degraded"]?.alarm_rule);
    expect(stack.resource(members)).toEqual({
      input: { alarms: names.map((address) => `\${${address}.alarm_name}`) },
    });
  });

  it("does not notify where each alarm does", () => {
    const stack = withAlarms({ ingress: ingresses.alb, services }, { notifications: "each-alarm" });
    expect(Object.values(compositesOf(stack))).toMatchObject([{ alarm_actions: [], ok_actions: [] }]);
    const silent = Object.entries(alarmsOf(stack)).filter(
      ([, { alarm_actions: actions }]) => JSON.stringify(actions) !== JSON.stringify([topicOf(stack)]),
    );
    expect(silent).toEqual([]);
  });
});
