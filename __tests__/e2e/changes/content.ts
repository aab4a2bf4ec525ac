import type { StageInput } from "../../../schema";
import { defaults } from "../../fixtures/config/dev/defaults";

/** A whole stage file without its name and region, which the walk adds. */
export type Content = Omit<StageInput, "stage" | "region">;

/** What a stage file of the environment `dev` needs beside its network and services; without anything that costs time. */
export const base = {
  ...defaults,
  state: { backend: "local" },
  monitoring: undefined,
  ingress: { kind: "http-api", throttling: { ratePerSecond: 50, burst: 100 } },
} as const satisfies Partial<StageInput>;

/** The smallest web service. */
export const web = {
  kind: "web",
  healthCheck: { container: { command: ["node", "dist/health-check.js"] } },
  deregistrationDelaySeconds: 5,
} as const satisfies StageInput["services"][string];

/** A network whose tasks have public addresses, which is the quickest to deploy. */
export function networkAt(cidr: string): StageInput["network"] {
  return { cidr, zones: ["us-east-1a", "us-east-1b"], egress: { mode: "public-subnets" } };
}
