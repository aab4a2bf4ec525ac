import { z } from "zod";
import { fieldOf } from "../problems";
import { authorizationOf, ingressOf, type Check } from "./check";

const withAccount = z.object({ region: z.string(), accountId: z.string() });

/**
 * An ALB signs users in with a user pool of its own account and region.
 * https://repost.aws/knowledge-center/cognito-user-pool-cross-account-alb
 * https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1057
 */
export const userPoolReachable: Check = (stage, report) => {
  const ingress = ingressOf(stage);
  const own = withAccount.safeParse(stage).data;
  if (ingress?.kind !== "alb" || own === undefined) return;
  const { userPool } = authorizationOf(ingress) ?? {};
  if (userPool?.source !== "existing") return;
  const [, , , region, account] = userPool.arn.split(":");
  if (region === own.region && account === own.accountId) return;
  const message = `must be a user pool of ${own.region} in the stage's account, as an ALB accepts no other; write another ARN, or choose an API`;
  report(["ingress", "authorization", "userPool", "arn"], message, userPool.arn);
};

const withData = z.object({
  data: z.object({
    postgres: z.unknown().optional(),
    uploads: z.unknown().optional(),
    tables: z.record(z.string(), z.unknown()),
  }),
  services: z.record(z.string(), z.object({ fileSystem: z.unknown().optional() })),
});

/** A stage accepts that callers who move between regions do not find their data. */
export const regionalDataAllowed: Check = (stage, report) => {
  const routing = ingressOf(stage)?.domain?.routing;
  if (routing === undefined || routing.policy === "simple" || routing.allowRegionalData === true) return;
  const stored = storesOf(stage);
  if (stored.length === 0) return;
  const message = `is missing; write true, as a caller whom Route 53 sends to another region does not find what is in ${stored.join(", ")} there, or policy: "simple"`;
  report(["ingress", "domain", "routing", "allowRegionalData"], message, undefined);
};

/** Paths of what a stage stores in its region. */
function storesOf(stage: unknown): string[] {
  const { data, services } = withData.safeParse(stage).data ?? {};
  const paths = [
    ...(["postgres", "uploads"] as const).filter((name) => data?.[name] !== undefined).map((name) => ["data", name]),
    ...Object.keys(data?.tables ?? {}).map((name) => ["data", "tables", name]),
    ...Object.entries(services ?? {})
      .filter(([, { fileSystem }]) => fileSystem !== undefined)
      .map(([name]) => ["services", name, "fileSystem"]),
  ];
  return paths.map(fieldOf);
}
