import type { StageInput } from "#schema";

const accountId = "444455556666";

/** Defaults of all prod stages: redundancy in every zone, and logs for a year. */
export const defaults = {
  app: "appname",
  environment: "prod",
  production: true,
  // Terraform refuses credentials of any other account.
  accountId,
  owner: "platform-team",
  // A bucket name is unique across all accounts of AWS; npm run bootstrap creates the bucket.
  state: { backend: "s3", bucket: "appname-terraform-state-444455556666", region: "us-east-1" },
  // The policy that limits the roles of the stages; npm run bootstrap creates it.
  permissionsBoundaryArn: `arn:aws:iam::${accountId}:policy/pipeline/appname-workload-boundary-us-east-1`,
  images: { tags: "immutable", maxImageCount: 50 },
  gracefulShutdown: true,
  ingress: {
    kind: "rest-api",
    via: "nlb",
    throttling: { ratePerSecond: 500, burst: 1000 },
    tracingEnabled: true,
    accessLogRetentionDays: 365,
    // Users of the API; every route that is not public requires a token of this user pool.
    authorization: { userPool: { source: "create", deletionProtection: true } },
    waf: { logRetentionDays: 365 },
  },
  // Each address confirms its subscription once.
  monitoring: { alarms: { email: ["on-call@example.com"] } },
} as const satisfies Partial<StageInput>;

/** The database of each stage, with a standby in another zone and protection from deletion. */
export const postgres = {
  kind: "instance",
  instanceClass: "db.t4g.medium",
  storage: { allocatedGiB: 20, maximumGiB: 200 },
  backupRetentionDays: 14,
  logRetentionDays: 365,
} as const satisfies NonNullable<StageInput["data"]>["postgres"];

/** Defaults of web services. */
export const webDefaults = {
  kind: "web",
  size: { cpu: 512, memoryMiB: 1024 },
  scaling: { minimum: 3, maximum: 10, cpuPercent: 60, memoryPercent: 75 },
  // Only /health is open; all other requests have a token, which the API has verified.
  routes: [{ route: "GET /health", public: true }, "/*"],
  environment: { AUTH_MODE: "gateway" },
  stopTimeoutSeconds: 60,
  // Longer than the API's integration timeout.
  deregistrationDelaySeconds: 35,
  // The image in app/ contains Node, but no curl.
  healthCheck: { container: { command: ["node", "dist/health-check.js"], intervalSeconds: 15 } },
  deployment: { strategy: "rolling", availabilityZoneRebalancing: true },
  logRetentionDays: 365,
} as const satisfies StageInput["services"][string];
