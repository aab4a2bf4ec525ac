import type { StageInput } from "../../schema";

/** What all prod stages share: a spare in every zone, and a year of logs. */
export const defaults = {
  app: "appname",
  environment: "prod",
  accountId: "444455556666",
  owner: "platform-team",
  state: { backend: "s3", bucket: "appname-terraform-state-444455556666", region: "us-east-1" },
  permissionsBoundaryArn: "arn:aws:iam::444455556666:policy/pipeline/appname-workload-boundary-us-east-1",
  images: { tags: "immutable", maxImageCount: 50 },
  gracefulShutdown: true,
  ingress: {
    kind: "rest-api",
    via: "nlb-alb",
    throttling: { ratePerSecond: 500, burst: 1000 },
    tracingEnabled: true,
    accessLogRetentionDays: 365,
    // Both regions answer to one name; callers reach the one that is nearer, and well.
    domain: {
      name: "api.appname.example.com",
      hostedZone: "appname.example.com",
      certificate: { source: "create" },
      routing: { policy: "latency" },
    },
    authorization: { userPool: { source: "create", deletionProtection: true } },
    waf: { logRetentionDays: 365 },
  },
  monitoring: {
    alarms: { email: ["on-call@example.com"] },
    budget: { monthlyUsd: 500, email: ["platform-team@example.com"] },
    costAnomalies: { email: ["platform-team@example.com"] },
  },
} as const satisfies Partial<StageInput>;

/** What all services of prod stages share. */
const serviceDefaults = {
  size: { cpu: 512, memoryMiB: 1024 },
  stopTimeoutSeconds: 60,
  logRetentionDays: 365,
} as const;

/** Node is the only program that the image in app/ is sure to have. */
const imageCheck = { command: ["node", "dist/health-check.js"], intervalSeconds: 15 };

/** What all services that requests reach share. */
export const webDefaults = {
  ...serviceDefaults,
  kind: "web",
  scaling: { minimum: 3, maximum: 10, cpuPercent: 60, memoryPercent: 75 },
  // Longer than the API waits for an answer.
  deregistrationDelaySeconds: 35,
  healthCheck: {
    container: imageCheck,
    target: { timeoutSeconds: 5, healthyThreshold: 2 },
  },
  deployment: { strategy: "rolling", availabilityZoneRebalancing: true, rollbackOnErrors: {} },
} as const satisfies StageInput["services"][string];

/** What all services that nobody calls share. */
export const workerDefaults = {
  ...serviceDefaults,
  kind: "worker",
  healthCheck: { container: imageCheck },
  deployment: { strategy: "rolling", availabilityZoneRebalancing: true },
} as const satisfies StageInput["services"][string];

/** What all scheduled programs share. */
export const jobDefaults = { ...serviceDefaults, kind: "job" } as const;
