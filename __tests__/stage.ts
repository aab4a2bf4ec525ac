import { stageSchema, type StageConfig, type StageInput } from "../config/stage-config";
import { Synthesized } from "./synthesized";

type ServiceInput = StageInput["services"][string];

/** A service behind the ingress, as a stage file writes it. */
export type WebInput = Extract<ServiceInput, { kind: "web" }>;

/** The smallest service a stage file can hold. */
export const minimalService = {
  kind: "web",
  healthCheck: { container: { command: ["node", "dist/health-check.js"] } },
} satisfies ServiceInput;

/** The smallest service that nobody calls. */
export const minimalWorker = { kind: "worker" } satisfies ServiceInput;

/** The smallest program that is started by the clock. */
export const minimalJob = { kind: "job", schedule: "rate(1 day)" } satisfies ServiceInput;

/** The smallest domain. */
export const minimalDomain = {
  name: "api.example.com",
  hostedZone: "example.com",
  certificate: { source: "create" },
} as const;

const throttling = { ratePerSecond: 50, burst: 100 };

/** The smallest of every way in. */
export const waysIn = {
  "rest-api via nlb": { kind: "rest-api", via: "nlb", throttling },
  "rest-api via nlb-alb": { kind: "rest-api", via: "nlb-alb", throttling },
  "rest-api via alb": { kind: "rest-api", via: "alb", throttling },
  "http-api": { kind: "http-api", throttling },
  alb: { kind: "alb", domain: minimalDomain },
  nlb: { kind: "nlb", domain: minimalDomain },
} as const satisfies Record<string, StageInput["ingress"]>;

/** A network whose tasks reach the internet, and so images of any registry. */
export const openNetwork = {
  cidr: "10.0.0.0/16",
  zones: ["us-east-1a", "us-east-1b"],
  egress: { mode: "nat-gateway" },
} satisfies StageInput["network"];

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
  ingress: waysIn["rest-api via nlb"],
} satisfies StageInput;

/** A valid stage: the smallest one, with whole fields replaced. */
export function stageWith(fields: Partial<StageInput> = {}): StageConfig {
  return stageSchema.parse({ ...minimalStage, ...fields });
}

/** A valid stage with one service that answers the routes. */
export function stageWithRoutes(
  ingress: StageInput["ingress"],
  ...routes: NonNullable<WebInput["routes"]>
): StageConfig {
  return stageWith({ ingress, services: { orders: { ...minimalService, routes } } });
}

/** The stack of a valid stage: the smallest one, with whole fields replaced. */
export function stackWith(fields: Partial<StageInput> = {}): Synthesized {
  return new Synthesized(stageWith(fields));
}

/** The stack of a stage with one service, `orders`, that requests reach. */
export function stackOf(service: object, fields: Partial<StageInput> = {}): Synthesized {
  return stackWith({ ...fields, services: { orders: { ...minimalService, ...service } } });
}
