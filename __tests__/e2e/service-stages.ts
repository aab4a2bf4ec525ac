import type { StageInput } from "../../schema";

type Services = StageInput["services"];

const healthCheck = { container: { command: ["node", "dist/health-check.js"] } };
const secretArn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:stripe-AbCdEf";
const images = "public.ecr.aws";

/** A web service with every kind of container beside its own. */
const orders: Services[string] = {
  kind: "web",
  healthCheck,
  routes: ["/orders/*"],
  size: { cpu: 512, memoryMiB: 1024 },
  uses: ["uploads", "queue:orders", "table:users"],
  secrets: {
    KEY: { secretArn, key: "key" },
    WHOLE: { secretArn },
    PARAMETER: { parameterArn: "arn:aws:ssm:us-east-1:111122223333:parameter/shop/parameter" },
  },
  permissions: [
    {
      actions: ["ses:SendEmail"],
      resources: ["arn:aws:ses:us-east-1:111122223333:identity/example.com"],
      conditions: [{ test: "StringEquals", variable: "ses:FromAddress", values: ["shop@example.com"] }],
    },
  ],
  tmpfs: { "/tmp": { sizeMiB: 64 }, "/cache": { sizeMiB: 16 } },
  openFileLimit: 100000,
  restartPolicy: { ignoredExitCodes: [0, 3] },
  ephemeralStorageGiB: 30,
  fileSystem: { mountPath: "/data" },
  telemetry: {},
  logs: { driver: "firelens", destination: "s3" },
  sidecars: {
    prepare: {
      image: `${images}/docker/library/busybox:1.37`,
      command: ["true"],
      memoryMiB: 16,
      essential: false,
      dependencyCondition: "success",
    },
    proxy: {
      image: `${images}/nginx/nginx:1.29`,
      cpu: 32,
      memoryMiB: 64,
      dependencyCondition: "healthy",
      healthCheck: { command: ["nginx", "-t"] },
      environment: { B: "2", A: "1" },
    },
  },
  tasks: { migrate: { command: ["node", "dist/migrate.js"] } },
  scaling: {
    minimum: 1,
    maximum: 4,
    steps: {},
    memoryPercent: 75,
    requestsPerTarget: 1000,
    schedules: { night: { schedule: "cron(0 20 * * ? *)", timeZone: "Europe/Berlin", minimum: 0, maximum: 0 } },
  },
  deployment: { strategy: "rolling", minimumHealthyPercent: 50, rollbackOnErrors: {} },
};

const services: Services = {
  orders,
  users: {
    kind: "web",
    healthCheck,
    port: 8081,
    routes: ["/users/*"],
    calls: ["orders"],
    enableExecuteCommand: true,
    readonlyRootFilesystem: false,
    capacity: { mode: "spot" },
    logs: { driver: "firelens", destination: "cloudwatch" },
    desiredCount: 2,
  },
  mailer: {
    kind: "worker",
    sharesImageOf: "orders",
    command: ["node", "dist/worker.js"],
    queue: "orders",
    calls: ["users"],
    capacity: { mode: "mixed", onDemandBase: 2 },
    scaling: { minimum: 0, maximum: 5, backlogPerTask: 10 },
  },
};

const common = {
  state: { backend: "local" },
  network: {
    cidr: "10.60.0.0/16",
    zones: ["us-east-1a", "us-east-1b"],
    egress: { mode: "nat-gateway", gateways: "one", interfaceEndpoints: "one-zone" },
  },
  data: {
    uploads: { forceDelete: true, corsOrigins: ["https://www.example.com"], expirationDays: 90 },
    queues: { orders: {} },
    tables: {
      users: {
        partitionKey: { name: "id", type: "string" },
        sortKey: { name: "at", type: "number" },
        timeToLiveAttribute: "ends",
      },
    },
  },
  ingress: { kind: "http-api", throttling: { ratePerSecond: 50, burst: 100 } },
} satisfies Partial<StageInput>;

/** Stages that between them use every feature of services that the emulated AWS can run. */
export const stages = {
  connect: {
    ...common,
    discovery: "service-connect",
    services: {
      ...services,
      sweep: {
        kind: "job",
        sharesImageOf: "orders",
        schedule: "rate(5 minutes)",
        uses: ["table:users"],
        enabled: false,
      },
    },
  },
  names: {
    ...common,
    network: { ...common.network, cidr: "10.61.0.0/16" },
    discovery: "cloud-map",
    services: {
      ...services,
      sweep: {
        kind: "job",
        sharesImageOf: "orders",
        schedule: "cron(0 3 ? * MON-FRI *)",
        timeZone: "Europe/Berlin",
        flexibleTimeWindowMinutes: 5,
        calls: ["orders"],
      },
    },
  },
} satisfies Record<string, Partial<StageInput>>;
