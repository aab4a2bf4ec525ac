import type { StageInput } from "#schema";

/** Defaults of all prod stages: redundancy in every zone, and logs for a year. */
export const defaults = {
  app: "appname",
  environment: "prod",
  production: true,
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
    // Both regions share the name; Route 53 routes to the healthy region with the lowest latency.
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

/** Defaults of all services of prod stages. */
const serviceDefaults = {
  size: { cpu: 512, memoryMiB: 1024 },
  stopTimeoutSeconds: 60,
  logRetentionDays: 365,
} as const;

/** The image in app/ contains Node, but no curl. */
const imageCheck = { command: ["node", "dist/health-check.js"], intervalSeconds: 15 };

/** Defaults of web services. */
export const webDefaults = {
  ...serviceDefaults,
  kind: "web",
  scaling: { minimum: 3, maximum: 10, cpuPercent: 60, memoryPercent: 75 },
  // Longer than the API's integration timeout.
  deregistrationDelaySeconds: 35,
  healthCheck: {
    container: imageCheck,
    target: { timeoutSeconds: 5, healthyThreshold: 2 },
  },
  deployment: { strategy: "rolling", availabilityZoneRebalancing: true, rollbackOnErrors: {} },
} as const satisfies StageInput["services"][string];

/** Defaults of workers. */
export const workerDefaults = {
  ...serviceDefaults,
  kind: "worker",
  healthCheck: { container: imageCheck },
  deployment: { strategy: "rolling", availabilityZoneRebalancing: true },
} as const satisfies StageInput["services"][string];

/** Defaults of jobs. */
export const jobDefaults = { ...serviceDefaults, kind: "job" } as const;
