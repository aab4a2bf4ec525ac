import type { StageInput } from "../config";
import { minimalDomain, minimalJob, minimalService, minimalWorker, openNetwork, stageWith } from "./stage";

const account = "111122223333";
const kmsKeyArn = `arn:aws:kms:us-east-1:${account}:key/0a`;
const secrets = {
  STRIPE: { secretArn: `arn:aws:secretsmanager:us-east-1:${account}:secret:stripe-AbCdEf`, key: "live", kmsKeyArn },
  MAILER: { parameterArn: `arn:aws:ssm:us-east-1:${account}:parameter/shop/mailer` },
};

/** All that a service of any kind can say of its containers. */
const everything = {
  size: { cpu: 1024, memoryMiB: 2048 },
  capacity: { mode: "mixed" },
  fileSystem: { mountPath: "/files" },
  environment: { AREA: "a" },
  secrets,
  writablePaths: { "/tmp": { sizeMiB: 64 } },
  openFileLimit: 100000,
  restart: { ignoredExitCodes: [0] },
  sidecars: {
    envoy: { image: `${account}.dkr.ecr.us-east-1.amazonaws.com/envoy:1`, memoryMiB: 64, waitFor: "start", secrets },
  },
  telemetry: {},
  permissions: [
    { actions: ["ses:SendEmail"], resources: [`arn:aws:ses:us-east-1:${account}:identity/example.com`] },
    { actions: ["cloudwatch:PutMetricData"], resources: ["*"] },
  ],
  uses: ["uploads", "queue:orders", "table:users"],
} satisfies Partial<StageInput["services"][string]>;

const tasks = { migrate: { command: ["node", "migrate.js"] } };
const schedules = { night: { at: "cron(0 20 * * ? *)", minimum: 1, maximum: 1 } };

/** A stage with every feature of services on. */
export const everyFeature = stageWith({
  exceptions: [
    {
      rule: "container-read-only",
      resource: "aws_ecs_task_definition.services_orders_*",
      reason: "Sessions of ECS Exec write to the root of their container.",
    },
  ],
  network: { ...openNetwork, egress: { mode: "nat-gateway", interfaceEndpoints: "one-zone" } },
  ingress: { kind: "alb", domain: minimalDomain, waf: {} },
  data: {
    uploads: {},
    queues: { orders: {} },
    tables: { users: { partitionKey: { name: "id", type: "string" } } },
  },
  discovery: "cloud-map",
  services: {
    orders: {
      ...minimalService,
      ...everything,
      routes: ["/orders/*"],
      exec: true,
      writableRoot: true,
      tasks,
      logs: { driver: "firelens", destination: "s3" },
      deployment: { strategy: "canary", rollbackOnErrors: {} },
      scaling: { minimum: 1, maximum: 4, cpuPercent: 60, schedules },
      calls: ["users"],
    },
    users: {
      ...minimalService,
      sharesImageOf: "orders",
      routes: ["/users/*"],
      scaling: { minimum: 1, maximum: 4, steps: {}, requestsPerTarget: 100 },
    },
    mail: {
      ...minimalWorker,
      ...everything,
      queue: "orders",
      uses: ["table:users"],
      tasks,
      logs: { driver: "firelens", destination: "cloudwatch" },
      scaling: { minimum: 0, maximum: 4, backlogPerTask: 10 },
      calls: ["orders", "users"],
    },
    sweep: { ...minimalJob, ...everything, calls: ["users"] },
  },
});
