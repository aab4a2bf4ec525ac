import type { StageInput } from "../../schema";

type Ingress = StageInput["ingress"];
type Services = StageInput["services"];

const zone = "appname-dev.example.com";
const throttling = { ratePerSecond: 50, burst: 100 };
const web = "web" as const;
const healthCheck = { container: { command: ["node", "dist/health-check.js"] } };
const domain = (name: string) =>
  ({ name: `${name}.${zone}`, hostedZone: zone, certificate: { source: "create" } }) as const;
const authorization = { userPool: { source: "create", scopes: { write: "Change things" } } } as const;
const waf = { allowedCidrs: ["198.51.100.0/24"], blockedCidrs: ["2001:db8::/32"] };
const cors = { allowOrigins: ["https://www.example.com", "https://example.com"], allowCredentials: true };

type IngressName = (typeof ingressNames)[number];
type Variant = "plain" | "rich";

/** Prefixes of the names of the stages of each ingress. */
export const ingressNames = ["nlb", "both", "http", "alb", "tls"] as const;

/** An ingress with its required fields only, or with every feature around it. */
export function ingressOf(ingressName: IngressName, stage: string, variant: Variant): Ingress {
  return ingresses(stage)[ingressName][variant];
}

const ingresses = (stage: string): Readonly<Record<IngressName, Readonly<Record<Variant, Ingress>>>> => ({
  nlb: {
    plain: { kind: "rest-api", via: "nlb", throttling },
    rich: {
      kind: "rest-api",
      via: "nlb",
      throttling,
      authorization,
      waf,
      cors,
      tracingEnabled: true,
      uploads: { contentTypes: ["image/png"] },
      apiKeys: { callers: ["partner"], quota: { limit: 1000, period: "DAY" }, throttling },
    },
  },
  both: {
    plain: { kind: "rest-api", via: "nlb-alb", throttling },
    rich: {
      kind: "rest-api",
      via: "nlb-alb",
      throttling,
      ipAddressType: "dualstack",
      authorization,
      domain: { ...domain(stage), routing: { policy: "latency" } },
    },
  },
  http: {
    plain: { kind: "http-api", throttling },
    rich: { kind: "http-api", throttling, ipAddressType: "dualstack", authorization, cors, domain: domain(stage) },
  },
  alb: {
    plain: { kind: "alb", domain: domain(stage) },
    rich: { kind: "alb", domain: domain(stage), ipAddressType: "dualstack", authorization, waf },
  },
  tls: {
    plain: { kind: "nlb", domain: domain(stage) },
    rich: { kind: "nlb", domain: domain(stage), ipAddressType: "dualstack" },
  },
});

/** Kinds of egress, and the variant of the ingress that is combined with each. */
export const egresses = {
  ends: { variant: "plain", egress: { mode: "vpc-endpoints", interfaceEndpoints: "one-zone" } },
  nat: { variant: "rich", egress: { mode: "nat-gateway", gateways: "one" } },
  pub: { variant: "plain", egress: { mode: "public-subnets" } },
} as const;

/** Two services with their own routes, or the one that an NLB supports. */
export function servicesOf(ingressName: IngressName, variant: Variant): Services {
  if (ingressName === "tls") return { orders: { kind: web, healthCheck } };
  const limits = variant === "rich" && ingressName === "http" ? { throttling: { ratePerSecond: 5, burst: 5 } } : {};
  const asks =
    variant === "rich" && ingressName === "nlb"
      ? { apiKey: true as const, scopes: ["write"], required: { headers: ["X-Tenant"], body: { type: "object" } } }
      : {};
  return {
    orders: { kind: web, healthCheck, routes: ["/orders/*", { route: "GET /health", public: true }] },
    users: {
      kind: web,
      healthCheck,
      port: 8081,
      routes: [{ route: "POST /users", ...limits, ...asks }, "GET /users/{user_id}"],
    },
  };
}
