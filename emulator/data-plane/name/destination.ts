import type { Scope } from "../../models/aws";
import { object, text, type JsonObject } from "../../wire/json";
import type { DataPlaneContext, RoutingContext } from "../context";
import type { Trace } from "../trace";
import type { UserPool } from "../token/keys";
import { canonicalName } from "./records";

/** What a host name of a request refers to. */
export type Destination =
  | { readonly kind: "load-balancer"; readonly scope: Scope; readonly balancer: JsonObject }
  | { readonly kind: "api"; readonly scope: Scope; readonly apiId: string }
  | { readonly kind: "user-pool"; readonly pool: UserPool }
  | { readonly kind: "issuer" }
  | { readonly kind: "domain"; readonly scope: Scope; readonly domainName: string };

const balancerName = /^[^.]+\.(?:elb\.([a-z0-9-]+)|([a-z0-9-]+)\.elb)\.amazonaws\.com$/;
const apiName = /^([a-z0-9-]+)\.execute-api\.([a-z0-9-]+)\.amazonaws\.com$/;

const poolDomain = /^([a-z0-9-]+)\.auth\.([a-z0-9-]+)\.amazoncognito\.com$/;
const issuerName = /^cognito-idp\.[a-z0-9-]+\.amazonaws\.com$/;

/** Whether a host name is one that AWS gives to load balancers, APIs and user pools. */
export function isAwsName(host: string): boolean {
  return balancerName.test(host) || apiName.test(host) || poolDomain.test(host);
}

/** Whether a host name is that of the issuers of a region, which are also endpoints of AWS calls. */
export function isIssuerName(host: string): boolean {
  return issuerName.test(host);
}

/** What a host name refers to, directly or by records of emulated hosted zones; undefined when it is unknown. */
export async function destinationOf(
  context: DataPlaneContext,
  host: string,
  trace: Trace,
): Promise<Destination | undefined> {
  if (isIssuerName(host)) return { kind: "issuer" };
  const [, prefix, poolRegion] = poolDomain.exec(host) ?? [];
  if (prefix !== undefined) return userPool(context, poolRegion ?? "", prefix);
  const name = isAwsName(host) ? host : await canonicalName(context, host, trace);
  const api = apiName.exec(name);
  if (api) {
    const [, id = "", region = ""] = api;
    return name === host ? locatedApi(context, region, id) : domain(context, region, host);
  }
  const balancer = balancerName.exec(name);
  const found = balancer && (await loadBalancer(context, balancer[1] ?? balancer[2] ?? "", name));
  if (found) return found;
  // A domain name of an API whose records are in no emulated zone.
  if (isAwsName(name)) return undefined;
  return (await domain(context, context.region, host)) ?? userPool(context, context.region, host);
}

/** The load balancer with a DNS name. */
export async function loadBalancer(
  { reader, accounts }: RoutingContext,
  region: string,
  name: string,
): Promise<Extract<Destination, { kind: "load-balancer" }> | undefined> {
  for (const account of accounts()) {
    const scope = { account, region };
    const balancers = await reader.all(scope, "elasticloadbalancing", "DescribeLoadBalancers", "LoadBalancers");
    const balancer = balancers.find(({ DNSName }) => text(DNSName).toLowerCase() === name);
    if (balancer) return { kind: "load-balancer", scope, balancer };
  }
  return undefined;
}

/** The region in the DNS name of a load balancer; undefined for other names. */
export function balancerRegion(name: string): string | undefined {
  const [, newer, older] = balancerName.exec(name) ?? [];
  return newer ?? older;
}

async function locatedApi(
  { reader, accounts }: DataPlaneContext,
  region: string,
  apiId: string,
): Promise<Destination | undefined> {
  for (const account of accounts()) {
    const scope = { account, region };
    for (const path of [`/restapis/${apiId}`, `/v2/apis/${apiId}`]) {
      const api = await reader.apiGateway(scope, path);
      if (api.name !== undefined) return { kind: "api", scope, apiId };
    }
  }
  return undefined;
}

async function domain(
  { reader, accounts }: DataPlaneContext,
  region: string,
  domainName: string,
): Promise<Destination | undefined> {
  for (const account of accounts()) {
    const scope = { account, region };
    for (const path of [`/domainnames/${domainName}`, `/v2/domainnames/${domainName}`]) {
      const found = await reader.apiGateway(scope, path);
      if (found.domainName !== undefined) return { kind: "domain", scope, domainName };
    }
  }
  return undefined;
}

async function userPool(
  { reader, accounts }: DataPlaneContext,
  region: string,
  Domain: string,
): Promise<Destination | undefined> {
  for (const account of accounts()) {
    const scope = { account, region };
    const { DomainDescription } = await reader.ask(scope, "cognito-idp", "DescribeUserPoolDomain", { Domain });
    const id = text(object(DomainDescription).UserPoolId);
    if (id !== "") return { kind: "user-pool", pool: { scope, id } };
  }
  return undefined;
}
