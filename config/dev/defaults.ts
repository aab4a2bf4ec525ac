import type { StageInput } from "#schema";

const accountId = "111122223333";

/** Defaults of all dev stages: low cost, quick to replace. */
export const defaults = {
  app: "appname",
  environment: "dev",
  production: false,
  // Terraform refuses credentials of any other account.
  accountId,
  owner: "platform-team",
  // A bucket name is unique across all accounts of AWS; npm run bootstrap creates the bucket.
  state: { backend: "s3", bucket: "appname-terraform-state-111122223333", region: "us-east-1" },
  // The policy that limits the roles of the stages; npm run bootstrap creates it.
  permissionsBoundaryArn: `arn:aws:iam::${accountId}:policy/pipeline/appname-workload-boundary-us-east-1`,
  allowDataLoss: true,
  // Pipelines may push a tag such as :latest again, and destroying a stage deletes its images.
  images: { tags: "mutable", maxImageCount: 10, forceDelete: true },
  ingress: {
    kind: "rest-api",
    via: "nlb",
    throttling: { ratePerSecond: 50, burst: 100 },
  },
  // Alarms without recipients: they are shown on the dashboard only.
  monitoring: { alarms: { services: { latencyMs: 5000 } } },
} as const satisfies Partial<StageInput>;

/** Defaults of web services. */
export const webDefaults = {
  kind: "web",
  // Without a database, the service in app/ uses one in memory.
  size: { cpu: 256, memoryMiB: 1024 },
  // Interruptions by Fargate Spot are acceptable here.
  capacity: { mode: "mixed", onDemandBase: 1 },
  scaling: { minimum: 1, maximum: 2, cpuPercent: 70 },
  // The image in app/ contains Node, but no curl.
  healthCheck: { container: { command: ["node", "dist/health-check.js"] } },
} as const satisfies StageInput["services"][string];
