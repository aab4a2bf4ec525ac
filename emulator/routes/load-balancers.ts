import { listenersOf, orderedActions, rulesOf } from "../data-plane/load-balancer/listener";
import { canonicalName, isInPublicZone, recordNames } from "../data-plane/name/records";
import { Trace } from "../data-plane/trace";
import { text, type JsonObject } from "../wire/json";
import { fixedBlockedReason, listenerBlockedReason, type Entry } from "./load-balancer-path";
import { clientAddress, sampleRequest, type Place, type Route } from "./route";
import { matchOf, sampleOf, type RuleMatch } from "./rule-conditions";

/** The routes of all load balancers in an account and region: one for each listener of a network load balancer, and for each host, path and method of a rule. */
export async function balancerRoutes({ context, scope }: Place): Promise<readonly Route[]> {
  const balancers = await context.reader.all(scope, "elasticloadbalancing", "DescribeLoadBalancers", "LoadBalancers");
  const routes: Route[] = [];
  for (const balancer of balancers.filter(({ Type }) => Type === "application" || Type === "network")) {
    const isPublic = balancer.Scheme === "internet-facing";
    const from = { kind: "internet", sourceIp: clientAddress } as const;
    const entry: Entry = { context, scope, balancer, ...(isPublic && { from }) };
    const hosts = await hostsOf(entry);
    for (const listener of await listenersOf(context, scope, balancer)) {
      routes.push(...(await listenerRoutes(entry, listener, hosts)));
    }
  }
  return routes;
}

/** The names of a load balancer: its own, and those of records that lead to it. */
async function hostsOf({ context, balancer }: Entry): Promise<readonly string[]> {
  const own = text(balancer.DNSName).toLowerCase();
  const hosts = [own];
  for (const name of await recordNames(context)) {
    if ((await canonicalName(context, name, new Trace())) === own) hosts.push(name);
  }
  return hosts;
}

async function listenerRoutes(entry: Entry, listener: JsonObject, hosts: readonly string[]): Promise<readonly Route[]> {
  const { context, scope, balancer } = entry;
  const port = Number(listener.Port);
  const protocol = text(listener.Protocol).toLowerCase();
  if (balancer.Type === "network") {
    const blockedReason = () => listenerBlockedReason(entry, sampleRequest({ port }));
    return hosts.map((host) => ({ name: `${protocol}://${host}:${port}`, blockedReason }));
  }
  const rules = (await rulesOf(context, scope, listener)).map(({ Conditions, Actions }) => ({
    match: matchOf(Conditions),
    Actions,
  }));
  const own = { match: matchOf([]), Actions: listener.DefaultActions };
  return [...rules, own]
    .filter(({ Actions }) => !answersError(orderedActions(Actions)))
    .flatMap(({ match, Actions }) => ruleRoutes(entry, { listener, match, rule: { Actions } }, hosts));
}

interface Rule {
  readonly listener: JsonObject;
  readonly match: RuleMatch;
  readonly rule: JsonObject;
}

function ruleRoutes(entry: Entry, { listener, match, rule }: Rule, hosts: readonly string[]): readonly Route[] {
  const port = Number(listener.Port);
  const scheme = text(listener.Protocol) === "HTTPS" ? "https" : "http";
  const isUsual = port === (scheme === "https" ? 443 : 80);
  const { paths, methods, others, sample } = match;
  return (match.hosts ?? hosts).flatMap((host) =>
    paths.flatMap((path) =>
      methods.map((method): Route => {
        const request = sampleRequest({
          ...sample,
          scheme,
          port,
          host: sampleOf(host),
          path: sampleOf(path),
          method: method === "ANY" ? "GET" : method,
        });
        return {
          name: `${method} ${scheme}://${host}${isUsual ? "" : `:${port}`}${path}${others}`,
          blockedReason: async () =>
            (await nameBlockedReason(entry, host)) ?? listenerBlockedReason(entry, request, rule),
        };
      }),
    ),
  );
}

/** Why a name in a hosted zone does not lead to the load balancer. */
async function nameBlockedReason({ context, balancer }: Entry, host: string): Promise<string | undefined> {
  const own = text(balancer.DNSName).toLowerCase();
  if (host === own || host.includes("*") || !(await isInPublicZone(context, host))) return undefined;
  const name = await canonicalName(context, host, new Trace());
  if (name === own) return undefined;
  return name === host ? `${host} has no record` : `the record of ${host} leads to ${name}`;
}

/** Whether a rule answers with an error, such as that no other rule has the path: this is not a route. */
function answersError([action]: readonly JsonObject[]): boolean {
  return action?.Type === "fixed-response" && fixedBlockedReason(action) !== undefined;
}
