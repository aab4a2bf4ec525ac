import type { StageInput } from "../../../schema";

const web = {
  kind: "web",
  healthCheck: { container: { command: ["node", "dist/health-check.js"] } },
} satisfies StageInput["services"][string];

/** The stage that the benchmark copies: a VPC, Postgres, three services with alarms, and an API. */
export function benchStage(index: number): StageInput {
  return {
    app: "shop",
    environment: "dev",
    production: false,
    stage: stageName(index),
    region: "us-east-1",
    accountId: "111122223333",
    owner: "team",
    state: { backend: "local", path: `${stageName(index)}.tfstate` },
    network: {
      cidr: `10.${index}.0.0/16`,
      zones: ["us-east-1a", "us-east-1b"],
      egress: { mode: "vpc-endpoints", interfaceEndpoints: "one-zone" },
    },
    ingress: {
      kind: "rest-api",
      via: "nlb",
      throttling: { ratePerSecond: 50, burst: 100 },
    },
    data: {
      postgres: {
        kind: "instance",
        instanceClass: "db.t4g.micro",
        multiAz: false,
        backupRetentionDays: 1,
        deletionProtection: false,
        finalSnapshot: false,
        applyImmediately: true,
      },
    },
    services: {
      orders: { ...web, uses: ["postgres"], routes: ["/orders/*"] },
      users: { ...web, listenerPort: 8081, uses: ["postgres"], routes: ["/users/*"] },
      mail: { kind: "worker", uses: ["postgres"] },
    },
    monitoring: {},
  };
}

/** Path of the stage file from the configuration folder. */
export function benchStageFile(index: number): string {
  return `dev/${stageName(index)}/us-east-1-${stageName(index)}.ts`;
}

function stageName(index: number): string {
  return `copy${index}`;
}
