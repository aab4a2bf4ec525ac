import type { StageInput } from "../../schema/stage";

/** What all dev stages share: cheap, and quick to replace. */
export const defaults = {
  app: "appname",
  environment: "dev",
  accountId: "111122223333",
  owner: "platform-team",
  state: { backend: "s3", bucket: "appname-terraform-state-111122223333", region: "us-east-1" },
  permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/pipeline/appname-workload-boundary-us-east-1",
  protectsData: false,
  // The team's pipeline pushes :latest and forces a new deployment.
  images: { tags: "mutable", keep: 10, forceDelete: true },
  ingress: { kind: "rest-api", via: "nlb", throttling: { ratePerSecond: 50, burst: 100 } },
  // A dev stage is looked at when somebody works on it: nobody gets a message.
  monitoring: { alarms: { services: { latencyMs: 5000 } } },
} as const satisfies Partial<StageInput>;

/** What all services of dev stages share. */
const serviceDefaults = {
  // Without a database, the service in app/ keeps one in its memory.
  size: { cpu: 256, memoryMiB: 1024 },
  // A task that AWS wants back is no harm here.
  capacity: { mode: "mixed", onDemandBase: 1 },
} as const;

/** What all services that requests reach share. */
export const webDefaults = {
  ...serviceDefaults,
  kind: "web",
  scaling: { minimum: 1, maximum: 2, cpuPercent: 70 },
  // Node is the only program that the image in app/ is sure to have.
  healthCheck: { container: { command: ["node", "dist/health-check.js"] } },
} as const satisfies StageInput["services"][string];
