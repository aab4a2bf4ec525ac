import { z } from "zod";
import { integer, yesOrNo } from "../primitives";
import { email, httpsEndpoint } from "./recipients";
import { postgres, redis, tables } from "./store-alarms";

const percent = integer(1, 100);
const milliseconds = integer(1, 900000);
const count = integer(0, 1000000000);
const unique = (all: readonly string[]) => new Set(all).size === all.length;

/** How callers see an API. */
const api = z
  .strictObject({
    /** Share of answers that are 5xx, in percent. @default 5 */
    serverErrorPercent: percent.default(5),
    /** Share of answers that are 4xx, in percent. @default - not looked at, callers make mistakes */
    clientErrorPercent: percent.optional(),
    /** Requests a minute below which a share means nothing. @default 20 */
    minimumRequests: integer(1, 1000000).default(20),
    /** Time within which nine of ten requests must be answered, in milliseconds. @default 2500 */
    latencyMs: milliseconds.default(2500),
  })
  .prefault({});

/** What a service does, and what it has left. */
const services = z
  .strictObject({
    /** Share of a service's answers that are 5xx, in percent; where a deployment is undone by it, its number counts. @default 5 */
    errorPercent: percent.default(5),
    /** Requests a minute below which the share means nothing. @default 20 */
    minimumRequests: integer(1, 1000000).default(20),
    /** Time within which 99 of 100 requests must be answered, in milliseconds. @default 2000 */
    latencyMs: milliseconds.default(2000),
    /** @default 90 */
    cpuPercent: percent.default(90),
    /** @default 90 */
    memoryPercent: percent.default(90),
    /** Errors that a service may log in a minute. @default 10 */
    loggedErrors: count.default(10),
  })
  .prefault({});

/** Where alarms are shown, by AWS's own metrics, and whom they wake. */
export const alarms = z.strictObject({
  /** Addresses that get every message, once each has confirmed it. @default [] */
  email: z
    .array(email, "is no list; write a list of e-mail addresses")
    .refine(unique, "names one twice; write each once")
    .default([]),
  /** Programs that get every message of SNS, once each has confirmed it. @default [] */
  https: z
    .array(httpsEndpoint, "is no list; write a list of HTTPS addresses")
    .refine(unique, "names one twice; write each once")
    .default([]),
  /**
   * Posts to the incoming webhook of a chat. Its address is a secret: Terraform takes it from the variable
   * `chat_webhook_url`. @default - none
   */
  chat: z.enum(["slack", "google-chat", "teams"], 'is no chat; write "slack", "google-chat" or "teams"').optional(),
  /**
   * `each-service`: what callers of a service feel is one message, by its composite alarm; `each-alarm`: every alarm
   * writes by itself. @default "each-service"
   */
  messages: z
    .enum(["each-service", "each-alarm"], 'is no choice here; write "each-service" or "each-alarm"')
    .default("each-service"),
  api,
  services,
  postgres,
  redis,
  tables,
  /** 5xx answers a minute that an ALB may give by itself. @default 10 */
  loadBalancerErrors: count.default(10),
  /** Requests a minute that WAF may block. @default 100 */
  blockedRequests: count.default(100),
  /** Time for which a message may wait in a queue, in minutes. @default 15 */
  oldestMessageMinutes: integer(1, 20160).default(15),
  /** Days before its end at which a certificate should have been renewed. @default 45 */
  certificateDays: integer(1, 395).default(45),
  /** Writes when ECS gives a deployment up, and why. @default true */
  failedDeployments: yesOrNo.default(true),
  /** Writes when a task fails to start, crashes, or is stopped because it is unwell, and why. @default true */
  stoppedTasks: yesOrNo.default(true),
  /** Writes when the database fails, moves to another server, or has no storage left, and why. @default true */
  databaseEvents: yesOrNo.default(true),
  /** Writes when AWS Backup could not back up the files of a service, and why. @default true */
  failedBackups: yesOrNo.default(true),
  /**
   * Compares requests and latency with what CloudWatch has learnt of the same hour of earlier days.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Anomaly_Detection.html
   * @default - not looked at
   */
  anomalies: z
    .strictObject({
      /** Width of what counts as normal, in standard deviations. @default 3 */
      deviations: integer(1, 10).default(3),
    })
    .optional(),
});

export type AlarmSettings = z.output<typeof alarms>;
