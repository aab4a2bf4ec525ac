import { isIP } from "node:net";
import { canReach, internet } from "network-paths";
import type { Hop, HopAllowed, HopEnd } from "../data-plane/hop";
import type { Aws, Scope } from "../models/aws";
import { readNetwork, type EmulatedNetwork } from ".";

/** How long a network that was read is used, because reading one takes many calls. */
const networkLifeMs = 1000;

/**
 * Decides the hops of a request by the security groups and routes of the emulated AWS. What is opened is open at once;
 * what is closed may stay open for a second.
 */
export function networkHops(aws: Pick<Aws, "ask">): HopAllowed {
  const networks = new Map<string, KnownNetwork>();
  const read = (scope: Scope): KnownNetwork => {
    const network = readNetwork((service, operation, input) => aws.ask(scope, service, operation, input));
    const known = { until: Date.now() + networkLifeMs, network };
    networks.set(keyOf(scope), known);
    return known;
  };
  return async (hop) => {
    const known = networks.get(keyOf(hop.scope));
    const isUsable = known !== undefined && known.until > Date.now();
    if (isUsable && blockedReason(await known.network, hop) === undefined) return undefined;
    return blockedReason(await read(hop.scope).network, hop);
  };
}

interface KnownNetwork {
  readonly until: number;
  readonly network: Promise<EmulatedNetwork>;
}

function keyOf({ account, region }: Scope): string {
  return `${account} ${region}`;
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
