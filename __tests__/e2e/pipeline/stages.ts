/** A dev stage that is deployed in about two minutes: a load balancer, and one service that migrates. */
export const devStage = `import { defineStage } from "../../../schema";
import { defaults, webDefaults } from "../defaults";

export default defineStage({
  ...defaults,
  stage: "dev02",
  region: "us-east-1",
  images: { ...defaults.images, tags: "immutable" },
  network: {
    cidr: "10.20.0.0/16",
    zones: ["us-east-1a", "us-east-1b"],
    egress: { mode: "nat-gateway", gateways: "one" },
  },
  services: {
    appname: { ...webDefaults, tasks: { migrate: { command: ["node", "dist/migrate.js"] } } },
  },
  ingress: { kind: "http-api", throttling: { ratePerSecond: 50, burst: 100 } },
  exceptions: [],
  monitoring: undefined,
});
`;

/** A prod stage with one service. */
export const prodStage = `import { defineStage } from "../../../schema";
import { defaults, webDefaults } from "../defaults";

export default defineStage({
  ...defaults,
  stage: "prod01",
  region: "us-east-1",
  network: {
    cidr: "10.40.0.0/16",
    zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
    egress: { mode: "nat-gateway" },
    flowLogRetentionDays: 365,
  },
  services: { test1: { ...webDefaults, deployment: { strategy: "rolling", availabilityZoneRebalancing: true } } },
  ingress: { kind: "http-api", throttling: { ratePerSecond: 500, burst: 1000 }, accessLogRetentionDays: 365 },
  exceptions: [{ rule: "api-authorization", resource: "aws_apigatewayv2_route.*", reason: "The service knows its callers." }],
  monitoring: undefined,
});
`;
