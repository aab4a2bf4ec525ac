import { isIP } from "node:net";
import { canReach, internet } from "network-paths";
import type { HopAllowed, HopEnd } from "../data-plane/hop";
import type { Aws, Scope } from "../models/aws";
import { readNetwork, type EmulatedNetwork } from ".";

/** How long a network that was read is used, so that the hops of one request agree. */
const networkLifeMs = 1000;

/** Decides the hops of a request by the security groups and routes of the emulated AWS. */
export function networkHops(aws: Aws): HopAllowed {
  const networks = new Map<string, { readonly until: number; readonly network: Promise<EmulatedNetwork> }>();
  const networkOf = (scope: Scope): Promise<EmulatedNetwork> => {
    const key = `${scope.account} ${scope.region}`;
    const known = networks.get(key);
    if (known && known.until > Date.now()) return known.network;
    const network = readNetwork((service, operation, input) => aws.ask(scope, service, operation, input));
    networks.set(key, { until: Date.now() + networkLifeMs, network });
    return network;
  };
  return async ({ scope, from, to, port }) => {
    const path = canReach(await networkOf(scope), nameOf(from), nameOf(to), port);
    return path.reachable ? undefined : path.blockedReason;
  };
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
