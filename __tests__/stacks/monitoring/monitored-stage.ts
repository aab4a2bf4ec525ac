import type { StageInput } from "../../../schema/stage";
import { minimalDomain, minimalService, openNetwork, stageWith, ingresses } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";

export type Alarms = NonNullable<NonNullable<StageInput["monitoring"]>["alarms"]>;

export const scaling = { minimum: 2, maximum: 4, cpuPercent: 50 };

/** A stage with something for every alarm, apart from those of `serverless`. */
export const everything = {
  ingress: {
    ...ingresses["rest-api via nlb-alb"],
    waf: {},
    domain: { ...minimalDomain, routing: { policy: "latency", allowRegionalData: true } },
  },
  network: openNetwork,
  data: {
    postgres: { kind: "instance", proxy: {} },
    redis: { kind: "replication-group" },
    queues: { mail: {} },
    tables: { users: { partitionKey: { name: "id", type: "string" } } },
    topics: { sold: {} },
  },
  services: {
    orders: {
      ...minimalService,
      scaling,
      routes: [{ route: "GET /health", public: true }, "/*"],
      uses: ["postgres", "redis", "table:users", "topic:sold"],
      fileSystem: { mountPath: "/files" },
    },
    mailer: { kind: "worker", queue: "mail" },
    nightly: { kind: "job", schedule: "rate(1 day)" },
  },
} as const satisfies Partial<StageInput>;

/** A stage with the serverless kinds of database and cache. */
export const serverless = {
  data: { postgres: { kind: "aurora-serverless" }, redis: { kind: "serverless" } },
  services: { orders: { ...minimalService, uses: ["postgres", "redis"] } },
} as const satisfies Partial<StageInput>;

/** The stack of a stage with alarms. */
export function withAlarms(fields: Partial<StageInput> = {}, alarms: Alarms = {}): Synthesized {
  return new Synthesized(stageWith({ ...fields, monitoring: { alarms } }));
}

type Resource = Readonly<Record<string, unknown>>;

/** The metric alarms of a stack by their names without app and stage, such as `orders-healthy-hosts-low`. */
export function alarmsOf(stack: Synthesized): Readonly<Record<string, Resource>> {
  return byName(stack.all("aws_cloudwatch_metric_alarm"));
}

export function alarm(stack: Synthesized, name: string): Resource | undefined {
  return alarmsOf(stack)[name];
}

/** The composite alarms of a stack by their names without app and stage. */
export function compositesOf(stack: Synthesized): Readonly<Record<string, Resource>> {
  return byName(stack.all("aws_cloudwatch_composite_alarm"));
}

/** The reference to the topic of the stage's notifications. */
export function topicOf(stack: Synthesized): string {
  const ids = Object.entries(stack.all("aws_sns_topic")).filter(([, { name }]) =>
    /-alarms-[a-z0-9]+$/.test(String(name)),
  );
  return `\${aws_sns_topic.${ids.map(([id]) => id).join()}.arn}`;
}

function byName(resources: Readonly<Record<string, Resource>>): Readonly<Record<string, Resource>> {
  const named = Object.values(resources).map((each) => [nameWithin(each.alarm_name), each] as const);
  return Object.fromEntries(named.sort(([one], [other]) => one.localeCompare(other)));
}

/** A physical name without its app and stage. */
export function nameWithin(physicalName: unknown): string {
  return String(physicalName).replace(/^[a-z0-9]+-(.*)-[a-z0-9]+$/, "$1");
}
