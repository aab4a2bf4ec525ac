import type { StageInput } from "#schema";

/** Defaults of all dev stages: low cost, quick to replace. */
export const defaults = {
  app: "appname",
  environment: "dev",
  production: false,
  accountId: "111122223333",
  owner: "platform-team",
  state: { backend: "s3", bucket: "appname-terraform-state-111122223333", region: "us-east-1" },
  permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/pipeline/appname-workload-boundary-us-east-1",
  allowDataLoss: true,
  // The team's pipeline pushes :latest and forces a new deployment.
  images: { tags: "mutable", maxImageCount: 10, forceDelete: true },
  ingress: { kind: "rest-api", via: "nlb", throttling: { ratePerSecond: 50, burst: 100 } },
  // Alarms without recipients: they are shown on the dashboard only.
  monitoring: { alarms: { services: { latencyMs: 5000 } } },
} as const satisfies Partial<StageInput>;

/** Defaults of all services of dev stages. */
const serviceDefaults = {
  // Without a database, the service in app/ uses one in memory.
  size: { cpu: 256, memoryMiB: 1024 },
  // Interruptions by Fargate Spot are acceptable here.
  capacity: { mode: "mixed", onDemandBase: 1 },
} as const;

/** Defaults of web services. */
export const webDefaults = {
  ...serviceDefaults,
  kind: "web",
  scaling: { minimum: 1, maximum: 2, cpuPercent: 70 },
  // The image in app/ contains Node, but no curl.
  healthCheck: { container: { command: ["node", "dist/health-check.js"] } },
} as const satisfies StageInput["services"][string];
