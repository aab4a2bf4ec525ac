import type { StageInput } from "../../../schema/stage";
import { minimalDomain, minimalService, openNetwork, stageWith, ingresses } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";

export type Alarms = NonNullable<NonNullable<StageInput["monitoring"]>["alarms"]>;

export const scaling = { minimum: 2, maximum: 4, cpuPercent: 50 };

/** A stage that has something of all that alarms know. */
export const everything = {
  ingress: {
    ...ingresses["rest-api via nlb-alb"],
    waf: {},
    domain: { ...minimalDomain, routing: { policy: "latency" } },
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

/** The other kinds of the database and the cache, which no stage has beside the first. */
export const serverless = {
  data: { postgres: { kind: "aurora-serverless" }, redis: { kind: "serverless" } },
  services: { orders: { ...minimalService, uses: ["postgres", "redis"] } },
} as const satisfies Partial<StageInput>;

/** The stack of a stage with alarms. */
export function withAlarms(fields: Partial<StageInput> = {}, alarms: Alarms = {}): Synthesized {
  return new Synthesized(stageWith({ ...fields, monitoring: { alarms } }));
}

export function alarmsOf(stack: Synthesized): string[] {
  return Object.keys(stack.all("aws_cloudwatch_metric_alarm"));
}

export function alarm(stack: Synthesized, id: string) {
  return stack.resource(`aws_cloudwatch_metric_alarm.monitoring_alarms_${id}`);
}

export function composites(stack: Synthesized) {
  return Object.values(stack.all("aws_cloudwatch_composite_alarm"));
}

export const topic = "${aws_sns_topic.monitoring_notices.arn}";
