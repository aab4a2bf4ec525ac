import { z } from "zod";
import { choice, flag, integer, matching, withoutDuplicates } from "../primitives";

const percent = integer(1, 100);
const milliseconds = integer(1, 900000);
const count = integer(0, 1000000000);

const email = matching(
  /^[\w.+-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/i,
  'must be an e-mail address; write one such as "team@example.com"',
);

/** E-mail addresses that AWS Budgets and Cost Anomaly Detection notify. */
export const emails = z
  .array(email, "must be a list; write a list of e-mail addresses")
  .min(1, "must not be empty; write one e-mail address")
  .max(10, "is longer than AWS allows; write at most 10 addresses");

/** HTTPS endpoint that processes SNS messages, such as a pager's. */
const httpsEndpoint = matching(
  /^https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?(\/[\w./~%?=&+-]*)?$/i,
  'must be an HTTPS URL; write one such as "https://events.example.com/sns"',
);

/** Thresholds of the API. */
const api = z
  .strictObject({
    /** Share of 5xx responses, in percent. @default 5 */
    serverErrorPercent: percent.default(5),
    /** Share of 4xx responses, in percent. @default - no alarm */
    clientErrorPercent: percent.optional(),
    /** Requests per minute below which the shares are ignored. @default 20 */
    minimumRequests: integer(1, 1000000).default(20),
    /** 90th percentile of the latency, in milliseconds. @default 2500 */
    latencyMs: milliseconds.default(2500),
  })
  .prefault({});

/** Thresholds of each service. */
const services = z
  .strictObject({
    /** Share of 5xx responses, in percent; with `deployment.rollbackOnErrors` its `percent` applies. @default 5 */
    errorPercent: percent.default(5),
    /** Requests per minute below which the share is ignored. @default 20 */
    minimumRequests: integer(1, 1000000).default(20),
    /** 99th percentile of the response time, in milliseconds. @default 2000 */
    latencyMs: milliseconds.default(2000),
    /** CPU utilization. @default 90 */
    cpuPercent: percent.default(90),
    /** Memory utilization. @default 90 */
    memoryPercent: percent.default(90),
    /** Errors that a service logs per minute. @default 10 */
    loggedErrors: count.default(10),
  })
  .prefault({});

/** Thresholds of the Postgres database. */
const postgres = z
  .strictObject({
    /** CPU utilization. @default 90 */
    cpuPercent: percent.default(90),
    /** Freeable memory, in percent of the instance class's memory or of the maximum capacity. @default 10 */
    freeMemoryPercent: percent.default(10),
    /** Free storage, in percent of `storage.allocatedGiB`; below 10 RDS extends it, if it can. @default 5 */
    freeStoragePercent: percent.default(5),
    /** Connections, in percent of the maximum. @default 80 */
    connectionsPercent: percent.default(80),
    /** Lag of Aurora replicas, in milliseconds; usually below 100. @default 1000 */
    readerLagMs: integer(1, 3600000).default(1000),
    /** Time in which a proxy gets a database connection, in milliseconds. @default 500 */
    proxyWaitMs: integer(1, 120000).default(500),
  })
  .prefault({});

/** Thresholds of the cache. */
const redis = z
  .strictObject({
    /** Utilization of the engine's thread. @default 90 */
    cpuPercent: percent.default(90),
    /** Memory in use, in percent; of `maximumGb` in a serverless cache. @default 80 */
    memoryPercent: percent.default(80),
    /** Keys that are evicted per minute. @default 0 */
    evictions: count.default(0),
    /** Replication lag, in seconds. @default 10 */
    replicaLagSeconds: integer(1, 3600).default(10),
    /** Failed authentications per minute. @default 0 */
    authenticationFailures: count.default(0),
  })
  .prefault({});

/** Thresholds of each DynamoDB table; the AWS SDK retries such requests. */
const tables = z
  .strictObject({
    /** Reads and writes that are throttled per minute. @default 10 */
    throttledRequests: count.default(10),
    /** Requests that fail with a DynamoDB error per minute. @default 10 */
    systemErrors: count.default(10),
  })
  .prefault({});

/** Thresholds of the CloudWatch alarms, and the recipients of their messages. */
export const alarms = z.strictObject({
  /** E-mail addresses that receive every message; each must confirm its subscription. @default [] */
  email: z
    .array(email, "must be a list; write a list of e-mail addresses")
    .refine(...withoutDuplicates("address"))
    .default([]),
  /** HTTPS endpoints that receive every message; each must confirm its subscription. @default [] */
  https: z
    .array(httpsEndpoint, "must be a list; write a list of HTTPS URLs")
    .refine(...withoutDuplicates("URL"))
    .default([]),
  /**
   * Posts messages to the incoming webhook of a chat. Its URL is a secret, which Terraform reads from the variable
   * `chat_webhook_url`. @default - none
   */
  chat: choice("slack", "google-chat", "teams").optional(),
  /**
   * `each-service`: one message per service for everything that its users notice, from a composite alarm.
   * `each-alarm`: one message per alarm. @default "each-service"
   */
  notifications: choice("each-service", "each-alarm").default("each-service"),
  api,
  services,
  postgres,
  redis,
  tables,
  /** 5xx responses per minute that an ALB itself generates. @default 10 */
  loadBalancerErrors: count.default(10),
  /** Requests per minute that WAF blocks. @default 100 */
  blockedRequests: count.default(100),
  /** Age of the oldest message in a queue, in minutes. @default 15 */
  oldestMessageMinutes: integer(1, 20160).default(15),
  /** Days until a certificate expires without having been renewed. @default 45 */
  certificateDays: integer(1, 395).default(45),
  /** Whether failed ECS deployments send a message with the reason. @default true */
  failedDeployments: flag.default(true),
  /** Whether tasks that fail to start, crash or become unhealthy send a message with the reason. @default true */
  stoppedTasks: flag.default(true),
  /** Whether failures, failovers and low storage of the database send a message. @default true */
  databaseEvents: flag.default(true),
  /** Whether failed jobs of AWS Backup send a message with the reason. @default true */
  failedBackups: flag.default(true),
  /**
   * Anomaly detection for requests and latency.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Anomaly_Detection.html
   * @default - none
   */
  anomalies: z
    .strictObject({
      /** Width of the expected band, in standard deviations. @default 3 */
      deviations: integer(1, 10).default(3),
    })
    .optional(),
});

export type AlarmSettings = z.output<typeof alarms>;
