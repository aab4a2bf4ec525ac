import type { AlarmRef } from "./alarms/alarm";

// What constructs offer to monitoring: the dimensions of their metrics. A new kind of data service adds a field to
// `DataMonitoringTargets`, and its metrics, alarms and widgets to the `data` file of each folder.

/** An API, whose two kinds have the same metrics under different names. */
export interface ApiMonitoringTarget {
  readonly kind: "rest-api" | "http-api";
  readonly dimensions: Readonly<Record<string, string>>;
  readonly accessLog: string;
}

/** The target groups of a service and their load balancer. */
export interface LoadBalancerMonitoringTarget {
  readonly balancer: "ALB" | "NLB";
  readonly loadBalancer: string;
  /** One, or two for a service with traffic shifting. */
  readonly targetGroups: readonly string[];
}

export interface WebAclMonitoringTarget {
  readonly metricName: string;
  readonly logGroup: string;
}

export interface DomainMonitoringTarget {
  /** The certificate that the stage requests. @default - an existing one, which its owner monitors */
  readonly certificateArn: string | undefined;
  /** @default - the domain routes to one stack only */
  readonly healthCheckId: string | undefined;
}

export interface IngressMonitoringTargets {
  readonly api?: ApiMonitoringTarget | undefined;
  /** The ALB, as in the dimension of its metrics. */
  readonly loadBalancer?: string | undefined;
  readonly webAcl?: WebAclMonitoringTarget | undefined;
  readonly domain?: DomainMonitoringTarget | undefined;
}

export interface ServiceMonitoringTarget {
  readonly name: string;
  /** @default - a schedule starts its tasks */
  readonly ecs: TasksMonitoringTarget | undefined;
  readonly target: LoadBalancerMonitoringTarget | undefined;
  /** The alarm that rolls deployments back, which is also the alarm on 5xx responses. @default - none */
  readonly rollbackAlarm: AlarmMonitoringTarget | undefined;
  /** The dead-letter queue of its schedule. @default - no schedule starts it */
  readonly deadLetters: string | undefined;
  /** @default - its logs are not in CloudWatch */
  readonly logGroup: string | undefined;
  /** Its file system, which is backed up. @default - none */
  readonly fileSystemArn: string | undefined;
}

export interface TasksMonitoringTarget {
  readonly clusterName: string;
  readonly serviceName: string;
  /** The smallest number of desired tasks at any time of the day. */
  readonly minimum: number;
  /** Whether Container Insights counts the tasks. */
  readonly counted: boolean;
}

/** An alarm of another construct. */
export interface AlarmMonitoringTarget {
  readonly alarmRef: AlarmRef;
  /** Notifies a topic when the alarm starts and when it ends. */
  addAction(topicArn: string): void;
}

export interface QueueMonitoringTarget {
  readonly name: string;
  readonly main: string;
  readonly deadLetters: string;
}

/** A Postgres instance, or an Aurora cluster of a writer and its readers. */
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
  /** Name of its RDS proxy. @default - none */
  readonly proxy: string | undefined;
}

/** A cache with metrics by node, of which the first is created as the primary, or a serverless cache. */
export type CacheMonitoringTarget =
  | { readonly kind: "nodes"; readonly nodes: readonly string[] }
  | { readonly kind: "serverless"; readonly name: string; readonly maximumGb: number };

/** A table or a topic: its name in the stage file, and its name in the dimension of its metrics. */
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

/** A NAT gateway. */
export interface NatMonitoringTarget {
  /** The letter of its availability zone. */
  readonly zone: string;
  readonly gatewayId: string;
}
