import type { WritingAlarm } from "./alarms/writing-alarm";

// What constructs offer to be watched: their names in the metrics of CloudWatch. A store that is added later offers its
// own in `DataMonitoringTargets`, and has its alarms and panels in `subjects/`.

/** An API, whose two kinds count alike under different names. */
export interface ApiMonitoringTarget {
  readonly kind: "rest-api" | "http-api";
  readonly dimensions: Readonly<Record<string, string>>;
  readonly accessLog: string;
}

/** Names of targets in the metrics of their load balancer. */
export interface LoadBalancerMonitoringTarget {
  readonly balancer: "ALB" | "NLB";
  readonly loadBalancer: string;
  /** One, or two of a service whose requests are shifted. */
  readonly targetGroups: readonly string[];
}

export interface WebAclMonitoringTarget {
  readonly metricName: string;
  readonly logGroup: string;
}

export interface DomainMonitoringTarget {
  /** Certificate that the stage had made. @default - one that exists, whose owner watches it */
  readonly certificateArn: string | undefined;
  /** @default - the name leads to one stack only */
  readonly healthCheckId: string | undefined;
}

export interface IngressMonitoringTargets {
  readonly api?: ApiMonitoringTarget | undefined;
  /** Name of the ALB. */
  readonly loadBalancer?: string | undefined;
  readonly webAcl?: WebAclMonitoringTarget | undefined;
  readonly domain?: DomainMonitoringTarget | undefined;
}

export interface ServiceMonitoringTarget {
  readonly name: string;
  /** The service that keeps its tasks running. @default - a schedule starts its tasks */
  readonly ecs: TasksMonitoringTarget | undefined;
  readonly target: LoadBalancerMonitoringTarget | undefined;
  /** The alarm that undoes deployments, which is also the one on its errors. @default - none undoes any */
  readonly rollbackAlarm: Notifying | undefined;
  /** Queue of what could not be started. @default - nothing is started by a schedule */
  readonly deadLetters: string | undefined;
  /** Where its lines are. @default - not in CloudWatch */
  readonly logGroup: string | undefined;
  /** Its files, which are backed up. @default - it has none */
  readonly fileSystemArn: string | undefined;
}

export interface TasksMonitoringTarget {
  readonly clusterName: string;
  readonly serviceName: string;
  /** Tasks that run at the least, at any time of the day. */
  readonly minimum: number;
  /** Whether Container Insights counts the tasks. */
  readonly counted: boolean;
}

/** An alarm that exists, and can write a message. */
export interface Notifying {
  readonly writing: WritingAlarm;
  notify(topicArn: string): void;
}

export interface QueueMonitoringTarget {
  readonly name: string;
  readonly main: string;
  readonly deadLetters: string;
}

/** One server of Postgres, or a cluster of a writer and those that only read. */
export type ServerMonitoringTarget =
  | { readonly kind: "instance"; readonly server: string; readonly class: string; readonly storageGib: number }
  | {
      readonly kind: "cluster";
      readonly cluster: string;
      readonly servers: readonly string[];
      /** In ACUs. */
      readonly capacity: { readonly minimum: number; readonly maximum: number };
    };

/** A Postgres database. */
export interface PostgresMonitoringTarget {
  readonly server: ServerMonitoringTarget;
  /** Name of its proxy. @default - it has none */
  readonly proxy: string | undefined;
}

/** A cache, by its nodes, of which the first was made to write; or one of which AWS shows no nodes. */
export type CacheMonitoringTarget =
  | { readonly kind: "nodes"; readonly nodes: readonly string[] }
  | { readonly kind: "serverless"; readonly name: string; readonly maximumGb: number };

/** A table or a topic: its name in the stage, and its name in the metrics of CloudWatch. */
export interface NamedMonitoringTarget {
  readonly name: string;
  readonly metricName: string;
}

export interface DataMonitoringTargets {
  readonly postgres: PostgresMonitoringTarget | undefined;
  readonly redis: CacheMonitoringTarget | undefined;
  readonly queues: readonly QueueMonitoringTarget[];
  readonly tables: readonly NamedMonitoringTarget[];
  readonly topics: readonly NamedMonitoringTarget[];
}

/** A NAT gateway, by the letter of its zone. */
export interface NatMonitoringTarget {
  readonly zone: string;
  readonly gatewayId: string;
}
