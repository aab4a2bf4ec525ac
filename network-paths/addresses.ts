import { isIPv4, isIPv6 } from "node:net";
import { Address4, Address6 } from "ip-address";

/** Whether a CIDR block is the whole internet. */
export function isWholeInternet(range: string): boolean {
  return range === "0.0.0.0/0" || range === "::/0";
}

/** Whether two IPv4 CIDR blocks have addresses in common. */
export function rangesOverlap(one: string, other: string): boolean {
  return contains(one, other) || contains(other, one);
}

/** Whether a CIDR block contains another one, or an address, of the same family. */
export function contains(range: string, inner: string): boolean {
  if (Address4.isValid(range) && Address4.isValid(inner)) return new Address4(inner).isInSubnet(new Address4(range));
  return Address6.isValid(range) && Address6.isValid(inner) && new Address6(inner).isInSubnet(new Address6(range));
}

/** Whether a text is an address, without a prefix length. */
export function isAddress(value: string): boolean {
  return isIPv4(value) || isIPv6(value);
}
