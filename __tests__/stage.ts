import { stageSchema, type StageConfig, type StageInput } from "../config/stage-config";

/** The smallest service a stage file can hold. */
export const minimalService = {
  healthCheck: { container: { command: ["node", "dist/health-check.js"] } },
} satisfies StageInput["services"][string];

/** The smallest valid stage file. */
export const minimalStage = {
  app: "shop",
  environment: "dev",
  stage: "dev01",
  region: "us-east-1",
  accountId: "111122223333",
  owner: "team",
  state: { backend: "local" },
  network: { cidr: "10.0.0.0/16", zones: ["us-east-1a", "us-east-1b"], egress: { mode: "vpc-endpoints" } },
  services: { orders: minimalService },
  ingress: { kind: "rest-api", via: "nlb", throttling: { ratePerSecond: 50, burst: 100 } },
} satisfies StageInput;

/** A valid stage: the smallest one, with whole fields replaced. */
export function stageWith(fields: Partial<StageInput> = {}): StageConfig {
  return stageSchema.parse({ ...minimalStage, ...fields });
}
