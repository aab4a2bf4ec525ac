import { isIP } from "node:net";
import { canReach, internet } from "network-paths";
import type { Hop, HopAllowed, HopEnd } from "../data-plane/hop";
import { scopeKey, type Aws, type Scope } from "../models/aws";
import { isReadRequest, type Layer } from "../proxy/layer";
import { readNetwork, type EmulatedNetwork } from ".";

/** Signing names of the services from which a network is read. */
const services: ReadonlySet<string> = new Set([
  ...["apigateway", "ec2", "ecs", "elasticache", "elasticfilesystem", "elasticloadbalancing", "rds", "scheduler"],
]);

/** Decides the hops of requests, and forgets what it knows of a network when a call may change it. */
export interface NetworkHops {
  readonly hopAllowed: HopAllowed;
  readonly layer: Layer;
}

/**
 * Decides the hops of requests by the security groups and routes of the emulated AWS. A network, which takes many calls to
 * read, is read once between the calls that may change it, and again for a hop that it blocks: gateways and endpoints
 * become available without a call.
 */
export function networkHops(aws: Pick<Aws, "ask">): NetworkHops {
  const networks = new Map<string, Promise<EmulatedNetwork>>();
  const read = (scope: Scope): Promise<EmulatedNetwork> => {
    const network = readNetwork((service, operation, input) => aws.ask(scope, service, operation, input));
    networks.set(scopeKey(scope), network);
    network.catch(() => networks.delete(scopeKey(scope)));
    return network;
  };
  return {
    hopAllowed: async (hop) => {
      const known = networks.get(scopeKey(hop.scope));
      if (known && blockedReason(await known, hop) === undefined) return undefined;
      return blockedReason(await read(hop.scope), hop);
    },
    layer: async (request, next) => {
      if (!services.has(request.service) || isReadRequest(request)) return next(request);
      try {
        return await next(request);
      } finally {
        networks.delete(scopeKey(request));
      }
    },
  };
}

function blockedReason(network: EmulatedNetwork, { from, to, port }: Hop): string | undefined {
  const path = canReach(network, nameOf(from), nameOf(to), port);
  return path.reachable ? undefined : path.blockedReason;
}

function nameOf(end: HopEnd): string {
  switch (end.kind) {
    case "internet":
      // A client on this machine is one of the internet for the emulated AWS.
      return isIP(end.sourceIp) === 4 && !end.sourceIp.startsWith("127.") ? end.sourceIp : internet;
    case "vpc-link":
      return end.id;
    default:
      return end.arn;
  }
}
