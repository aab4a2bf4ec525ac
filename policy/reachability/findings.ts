import {
  allowedTraffic,
  canReach,
  endpointsMatching,
  internet,
  internetIpv6,
  isWholeInternet,
  merged,
  overlap,
  shownTraffic,
  subtract,
  tcp,
  unknown,
  type Path,
  type SecurityGroupRule,
  type UnknownResource,
} from "network-paths";
import type { SynthesizedStack } from "../terraform/stack";
import { connectionsOfLoadBalancers, connectionsOfVpcLinks, unknownIntegrations } from "./ingress-connections";
import { readModel, type Model } from "./model";
import {
  connectionsOfOperators,
  connectionsToAws,
  connectionsToDataServices,
  connectionsToFileSystems,
  type Connection,
} from "./workload-connections";

interface Ends {
  /** Address of a resource, or `internet`. */
  readonly from: string;
  /** Address of a resource, `internet`, or an AWS service such as `ecr.api`. */
  readonly to: string;
  readonly message: string;
}

/** A required connection that is blocked. */
export interface MissingConnection extends Ends {
  readonly kind: "missing";
  readonly port: number;
  /** What the connection is for. */
  readonly reason: string;
  /** What blocks it. */
  readonly blockedReason: string;
}

/** A connection that security group rules allow and that is not declared. */
export interface UnneededConnection extends Ends {
  readonly kind: "unneeded";
  /** Such as `TCP 443`. */
  readonly traffic: string;
  /** Addresses of the rules that allow it, at least one. */
  readonly rules: readonly string[];
}

/** A result of the reachability analysis. */
export type PathFinding = MissingConnection | UnneededConnection | UnknownResource;

/**
 * Analyzes the network paths of a stack: required connections that are blocked, allowed connections that are not
 * declared, and resources that are not supported.
 *
 * @param more connections that no resource declares, such as calls between services. @default - none
 */
export function reachabilityFindings(
  stack: SynthesizedStack,
  more: readonly Connection[] = [],
): readonly PathFinding[] {
  const model = readModel(stack);
  const connections = [...declaredConnections(model), ...more];
  return [
    ...model.findings,
    ...unknownIntegrations(model),
    ...connections.filter(({ required }) => required).flatMap((connection) => missing(model, connection)),
    ...unneeded(model, connections),
  ];
}

/** Every connection that the resources of a stack declare, each once, required ones first. */
function declaredConnections(model: Model): readonly Connection[] {
  const connections = [
    ...connectionsOfVpcLinks(model),
    ...connectionsOfLoadBalancers(model),
    ...connectionsToAws(model),
    ...connectionsToDataServices(model),
    ...connectionsToFileSystems(model),
    ...connectionsOfOperators(model),
  ];
  const required = connections.filter((connection) => connection.required);
  return [...required, ...connections.filter((connection) => !connection.required)].filter(
    (connection, index, all) => all.findIndex((other) => isSame(connection, other)) === index,
  );
}

function isSame(one: Connection, other: Connection): boolean {
  return one.from === other.from && one.to === other.to && Object.is(one.port, other.port);
}

function missing(model: Model, { from, to, port, reason }: Connection): readonly PathFinding[] {
  if (!Number.isInteger(port)) {
    return [unknown(to, `has a port for ${from} that is not a literal number; write a number`)];
  }
  const result = canReach(model, from, to, port);
  if (result.reachable) return [];
  const { blockedReason } = result;
  const message = `${from} cannot reach ${to} on TCP ${port} (${reason}): ${blockedReason}`;
  return [{ kind: "missing", from, to, port, reason, blockedReason, message }];
}

interface RulePath extends Path {
  readonly rule: string;
}

/**
 * A rule at one end counts although packets pass only when the other end allows them too: any later rule there would
 * open the path. A rule for the whole internet is reported once, not for each endpoint that the internet includes.
 */
function unneeded(model: Model, connections: readonly Connection[]): readonly PathFinding[] {
  const paths = model.rules.flatMap((rule) => pathsOf(model, rule)).flatMap((path) => undeclared(path, connections));
  const isSamePair = (one: Path) => (other: Path) => one.from === other.from && one.to === other.to;
  return paths
    .filter((path, index) => paths.findIndex(isSamePair(path)) === index)
    .map((path) => unneededFinding(model, path, paths.filter(isSamePair(path))));
}

function pathsOf(model: Model, { name, direction, group, traffic, peer }: SecurityGroupRule): readonly RulePath[] {
  const members = model.hosts.filter(({ groups }) => groups.includes(group)).map((host) => host.name);
  const others =
    "range" in peer && isWholeInternet(peer.range)
      ? [peer.range === "::/0" ? internetIpv6 : internet]
      : endpointsMatching(model, peer);
  return members.flatMap((host) =>
    others.map((other): RulePath => {
      const ends = direction === "egress" ? { from: host, to: other } : { from: other, to: host };
      return { ...ends, traffic: [traffic], rule: name };
    }),
  );
}

function undeclared(path: RulePath, connections: readonly Connection[]): readonly RulePath[] {
  const declared = connections.filter(({ from, to }) => from === path.from && to === path.to);
  const traffic = subtract(
    path.traffic,
    declared.map(({ port }) => tcp(port)),
  );
  return traffic.length === 0 ? [] : [{ ...path, traffic }];
}

function unneededFinding(model: Model, { from, to }: Path, paths: readonly RulePath[]): PathFinding {
  const traffic = merged(paths.flatMap((path) => path.traffic));
  const rules = [...new Set(paths.map(({ rule }) => rule))];
  const isOpen = allowedTraffic(model, from, to).some((open) => traffic.some((each) => overlap(open, each)));
  const what = isOpen ? "is allowed" : "is allowed at one end";
  const shown = shownTraffic(traffic);
  const message = `${from} to ${to} on ${shown} ${what} but not declared; narrow or remove ${rules.join(" and ")}`;
  return { kind: "unneeded", from, to, traffic: shown, rules, message };
}
