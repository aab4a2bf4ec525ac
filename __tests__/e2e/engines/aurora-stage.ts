import type { StageInput } from "../../../schema";
import type { ExistingResources } from "./existing-resources";

const zone = "appname-dev.example.com";
const image = "public.ecr.aws/docker/library/busybox:1.37";
const operators =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJR3/+FzcgP26iaTxBEDffYm1GpxL4zBMhkrQF7/oG1F operators@example.com";

/** Aurora, a serverless cache of Redis, secrets, topics, backups, and a bastion, behind an ALB that signs in with an existing user pool. */
export function auroraStage(existing: ExistingResources) {
  return {
    state: { backend: "local" },
    tags: { "cost-center": "42" },
    containerInsights: "enhanced",
    network: {
      cidr: "10.91.0.0/16",
      zones: ["us-east-1a", "us-east-1b"],
      egress: { mode: "nat-gateway", gateways: "one" },
      flowLogRetentionDays: 7,
    },
    data: {
      postgres: {
        kind: "aurora-serverless",
        engineVersion: "16",
        capacity: { minimum: 1, maximum: 8 },
        readers: 1,
        databaseName: "shop",
        masterUsername: "shopowner",
        authentication: { mode: "secret" },
        proxy: { maximumConnectionsPercent: 50, idleClientTimeoutMinutes: 10 },
        backupRetentionDays: 3,
        backupWindow: "01:00-02:00",
        maintenanceWindow: "tue:03:00-tue:04:00",
        autoMinorVersionUpgrade: false,
        applyImmediately: true,
        deletionProtection: false,
        finalSnapshot: false,
        slowQueryMilliseconds: 250,
        logRetentionDays: 7,
        performanceInsightsRetentionDays: 31,
      },
      redis: { kind: "serverless", engine: "redis", maximumGb: 10, maximumEcpus: 10000, snapshotRetentionDays: 0 },
      secrets: {
        stripe: {
          source: "create",
          length: 64,
          recoveryWindowDays: 0,
          rotation: { lambdaArn: existing.rotationFunction, automaticallyAfterDays: 30 },
        },
        partner: { source: "existing", arn: existing.secret, kmsKeyArn: existing.key, generation: 3 },
      },
      topics: { sold: {}, returned: { keep: true } },
      backup: {
        rules: {
          daily: { schedule: "cron(0 5 * * ? *)", deleteAfterDays: 14 },
          weekly: {
            schedule: "cron(0 6 ? * SUN *)",
            deleteAfterDays: 60,
            copyActions: [{ destinationVaultArn: existing.vault, deleteAfterDays: 30 }],
          },
        },
        vaultLock: { minimumRetentionDays: 7, maximumRetentionDays: 90, changeableForDays: 3 },
      },
    },
    bastion: {
      access: "ssh",
      instanceType: "t4g.micro",
      cidrs: ["198.51.100.0/24", "203.0.113.7/32"],
      publicKey: operators,
    },
    exceptions: [{ rule: "instance-ingress", resource: "aws_instance.*", reason: "Tools that support SSH only." }],
    services: {
      orders: {
        kind: "web",
        healthCheck: {
          container: {
            command: ["node", "dist/health-check.js"],
            timeoutSeconds: 4,
            retries: 5,
            startPeriodSeconds: 30,
          },
          target: { path: "/ready", intervalSeconds: 15, unhealthyThreshold: 2 },
        },
        routes: [
          { route: "GET /ready", public: true },
          {
            route: "/orders/*",
            hosts: [`aurora.${zone}`, "*.example.com"],
            header: { name: "X-Shop", values: ["eu"] },
          },
          { route: "/orders/old/*", public: true, priority: 49001 },
        ],
        deregistrationDelaySeconds: 3600,
        architecture: "X86_64",
        user: "1001:1002",
        initProcessEnabled: false,
        uses: ["postgres", "redis", "topic:sold", "secret:stripe", "secret:partner"],
        secrets: {
          STRIPE: { secret: "stripe" },
          PARTNER: { secret: "partner", key: "live" },
          OTHER: { secretArn: existing.secret, kmsKeyArn: existing.key },
        },
        restartPolicy: { restartAttemptPeriodSeconds: 120 },
        size: { cpu: 1024, memoryMiB: 2048 },
        sidecars: {
          warm: {
            image,
            memoryMiB: 16,
            essential: false,
            dependencyCondition: "complete",
            secrets: { PARTNER: { secretArn: existing.secret, key: "live" } },
            user: "1003",
            readonlyRootFilesystem: false,
          },
          envoy: {
            image,
            memoryMiB: 32,
            dependencyCondition: "start",
            secrets: {
              STRIPE: { secret: "stripe" },
              PARTNER: { secretArn: existing.secret, kmsKeyArn: existing.key },
              PARAMETER: { parameterArn: "arn:aws:ssm:us-east-1:111122223333:parameter/shop/parameter" },
            },
            healthCheck: {
              command: ["true"],
              intervalSeconds: 20,
              timeoutSeconds: 10,
              retries: 2,
              startPeriodSeconds: 10,
            },
          },
        },
        logs: {
          driver: "firelens",
          destination: "cloudwatch",
          image: "public.ecr.aws/aws-observability/aws-for-fluent-bit:3.4.15",
          cpu: 32,
          memoryMiB: 128,
        },
        telemetry: {
          image: "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.2",
          cpu: 32,
          memoryMiB: 256,
        },
        deployment: {
          strategy: "rolling",
          maximumPercent: 150,
          healthCheckGracePeriodSeconds: 120,
          rollbackOnErrors: { percent: 10, minimumRequests: 50 },
        },
        scaling: {
          minimum: 1,
          maximum: 3,
          steps: { addAtCpuPercent: 80, removeBelowCpuPercent: 30, minutes: 2 },
          requestsPerTarget: 500,
          scaleOutCooldownSeconds: 30,
          scaleInCooldownSeconds: 600,
        },
      },
    },
    ingress: {
      kind: "alb",
      domain: {
        name: `aurora.${zone}`,
        hostedZone: zone,
        certificate: { source: "existing", arn: existing.certificate },
      },
      authorization: {
        userPool: {
          source: "existing",
          arn: existing.userPool,
          clientIds: [existing.userPoolClient],
          domain: existing.userPoolDomain,
        },
      },
      idleTimeoutSeconds: 120,
      waf: {
        common: { countedRules: ["SizeRestrictions_BODY"] },
        sqlInjection: { mode: "count" },
        ipReputation: { mode: "off" },
        requestsPerFiveMinutes: 500,
        redactedHeaders: ["x-shop"],
      },
    },
    monitoring: {
      alarms: {
        email: ["on-call@example.com"],
        chat: "google-chat",
        notifications: "each-alarm",
        services: { errorPercent: 2, minimumRequests: 10, cpuPercent: 80, memoryPercent: 80, loggedErrors: 5 },
        postgres: {
          cpuPercent: 80,
          freeMemoryPercent: 20,
          connectionsPercent: 70,
          readerLagMs: 500,
          proxyWaitMs: 250,
        },
        redis: { memoryPercent: 70, evictions: 5, authenticationFailures: 3 },
        loadBalancerErrors: 5,
        blockedRequests: 50,
        certificateDays: 30,
        databaseEvents: false,
        anomalies: { deviations: 2 },
      },
      dashboard: false,
      logs: { savedQueries: false, errorPattern: '{ $.level = "error" }' },
    },
  } satisfies Partial<StageInput>;
}

/** The same with a bastion behind an endpoint of Instance Connect, and services that sign in to the cluster with IAM instead of through a proxy. */
export function changedAuroraStage(existing: ExistingResources): Partial<StageInput> {
  const stage = auroraStage(existing);
  const postgres = {
    ...stage.data.postgres,
    authentication: { mode: "iam", user: "orders" } as const,
    proxy: undefined,
  };
  return {
    ...stage,
    bastion: { access: "instance-connect", instanceType: "t4g.micro" },
    exceptions: [],
    data: { ...stage.data, postgres },
  };
}
