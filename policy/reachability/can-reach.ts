import { letIn, letOut } from "./firewall";
import type { Model } from "./model/model";
import { covers, tcp } from "./model/traffic";
import { hostNamed, internet, partiesOf } from "./parties";
import { noWay, subnetsWithoutGateway } from "./way";

/** Whether one reaches another, and if not, why. */
export type Answer = { readonly reached: true } | { readonly reached: false; readonly reason: string };

/**
 * Whether `from` can open a TCP connection to `port` of `to`. Both are addresses of resources, `internet`,
 * `internet over IPv6`, or, as `to`, an AWS service such as `ecr.api`.
 */
export function canReach(model: Model, from: string, to: string, port: number): Answer {
  const reason =
    stranger(model, from, to) ??
    noWay(model, from, to) ??
    (listens(model, to, port) ? undefined : `${to} has no listener on ${port}`) ??
    (covers(letOut(model, from, to), tcp(port)) ? undefined : `no rule lets it out of ${from}`) ??
    (covers(letIn(model, from, to), tcp(port)) ? undefined : `no rule lets it into ${to}`) ??
    aroundGateway(model, from, to, port);
  return reason === undefined ? { reached: true } : { reached: false, reason };
}

function stranger(model: Model, from: string, to: string): string | undefined {
  const parties = partiesOf(model);
  // Of AWS's services, those without an endpoint are no parties, but can be reached over the internet.
  const unknown = [from, ...(to.startsWith("aws_") ? [to] : [])].find((name) => !parties.includes(name));
  return unknown && `no network interface of ${unknown} is known`;
}

/** Only of load balancers is it known on which ports they listen. */
function listens({ resources, listeners }: Model, to: string, port: number): boolean {
  if (resources.at(to)?.type !== "aws_lb") return true;
  return listeners.some((listener) => listener.loadBalancer === to && listener.port === port);
}

/** Where a gateway endpoint is not on every table, the other subnets' packets take the way of the internet. */
function aroundGateway(model: Model, from: string, to: string, port: number): string | undefined {
  const host = hostNamed(model, from);
  if (host === undefined || hostNamed(model, to) !== undefined || to === internet) return undefined;
  if (subnetsWithoutGateway(model, host, to).length === 0) return undefined;
  return covers(letOut(model, from, internet), tcp(port))
    ? undefined
    : `no rule lets it out of ${from} to the internet`;
}
