import type { Answers, Environment } from "../answers";

/** The `ingress` of an environment's defaults: what all of its stages have in common. */
export function defaultIngress(answers: Answers, environment: Environment): string {
  const { ingress } = answers;
  const { production } = environment;
  const fields = {
    "rest-api": [
      'kind: "rest-api", via: "nlb",',
      throttling(environment),
      production && "tracingEnabled: true,\naccessLogRetentionDays: 365,",
      domain(answers, environment),
      production && authorization(answers, environment),
      production && "waf: { logRetentionDays: 365 },",
    ],
    "http-api": [
      'kind: "http-api",',
      throttling(environment),
      production && "accessLogRetentionDays: 365,",
      domain(answers, environment),
      production && authorization(answers, environment),
    ],
    alb: [
      'kind: "alb",',
      domain(answers, environment),
      production && "accessLogRetentionDays: 365,\ndeletionProtection: true,",
      production ? "waf: { logRetentionDays: 365 }," : "waf: {},",
    ],
    nlb: [
      'kind: "nlb",',
      domain(answers, environment),
      production && "accessLogRetentionDays: 365,\ndeletionProtection: true,",
    ],
  } satisfies Record<typeof ingress, (string | false)[]>;
  return `{\n${fields[ingress].filter(Boolean).join("\n")}\n}`;
}

function throttling({ production }: Environment): string {
  return production
    ? "throttling: { ratePerSecond: 500, burst: 1000 },"
    : "throttling: { ratePerSecond: 50, burst: 100 },";
}

function domain({ regions }: Answers, { domain }: Environment): string {
  if (domain === undefined) return "";
  return `${regions.length > 1 ? "// The regions share the name; Route 53 routes to the healthy one with the lowest latency.\n" : ""}domain: {
  name: ${JSON.stringify(domain.name)},
  // A public hosted zone of Route 53 in this account, which must exist before the first deployment.
  hostedZone: ${JSON.stringify(domain.hostedZone)},
  certificate: { source: "create" },
  ${regions.length > 1 ? 'routing: { policy: "latency" },' : ""}
},`;
}

/** Names that Cognito refuses in the default prefix of the user pool's domain, which has app and stage in it. */
const refusedByCognito = /aws|amazon|cognito/;

function authorization({ app, environments }: Answers, environment: Environment): string {
  const prefix = refusedByCognito.test(`${app}-${environment.stage}`)
    ? `domainPrefix: "users-${environment.accountId}-${environments.indexOf(environment) + 1}",`
    : "";
  return `// Users of the API; every route that is not public requires a token of this user pool.
authorization: { userPool: { source: "create", deletionProtection: true, ${prefix} } },`;
}
