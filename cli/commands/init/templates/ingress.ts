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

function domain(answers: Answers, environment: Environment): string {
  const { domain } = environment;
  if (domain === undefined) return "";
  const several = answers.regions.length > 1;
  return `${several ? "// The regions share the name; Route 53 routes to the healthy one with the lowest latency.\n" : ""}domain: {
  name: ${JSON.stringify(domain.name)},
  // A public hosted zone of Route 53 in this account, which must exist before the first deployment.
  hostedZone: ${JSON.stringify(domain.hostedZone)},
  certificate: { source: "create" },
  ${several ? latencyRouting(answers, environment) : ""}
},`;
}

/** The regions have nothing in common yet: a user pool may be shared once one of them is deployed. */
function latencyRouting({ ingress }: Answers, { production, postgres }: Environment): string {
  const users = production && (ingress === "rest-api" || ingress === "http-api");
  const accepted = [...(postgres ? ["allowRegionalData: true"] : []), ...(users ? ["allowRegionalUsers: true"] : [])];
  const what = [...(postgres ? ["data"] : []), ...(users ? ["users"] : [])].join(" and ");
  return `${what === "" ? "" : `// Each region has ${what} of its own, which a caller who moves to another one loses: docs/ingress.md.\n`}routing: { ${['policy: "latency"', ...accepted].join(", ")} },`;
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
