import { Address4 } from "ip-address";

/** Kinds of subnets: `public` routes to the internet gateway, `private` to NAT or endpoints, `isolated` nowhere. */
export type Tier = "private" | "public" | "isolated";

/** The order is a contract: moving a tier would replace its subnets. The fourth quarter of the VPC is spare. */
const quarters: readonly Tier[] = ["private", "public", "isolated"];

const zonesPerTier = 8;

/**
 * The subnet of one tier in one zone: the VPC is cut into 4 x 8 slots, by tier and by the zone's letter, so that
 * adding or removing a tier or a zone does not change another subnet.
 */
export function subnetCidr(vpcCidr: string, tier: Tier, zone: string): string {
  const vpc = new Address4(vpcCidr);
  const prefix = vpc.subnetMask + 5;
  return `${vpc
    .startAddress()
    .offset(subnetSlot(tier, zone) * 2 ** (32 - prefix))
    .correctForm()}/${prefix}`;
}

/** Number of the slot of one tier in one zone, also among the /64 of an IPv6 range. */
export function subnetSlot(tier: Tier, zone: string): number {
  return quarters.indexOf(tier) * zonesPerTier + zoneIndex(zone);
}

/** The letter of a zone, which is also the construct id of its resources. */
export function zoneLetter(zone: string): string {
  return zone.slice(-1);
}

function zoneIndex(zone: string): number {
  return zoneLetter(zone).charCodeAt(0) - "a".charCodeAt(0);
}
