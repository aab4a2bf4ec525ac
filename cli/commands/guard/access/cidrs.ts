import { BlockList } from "node:net";

/** Every address of a family. */
export const everyAddress: readonly string[] = ["0.0.0.0/0", "::/0"];

/** Whether all addresses of one range are part of one of the others. */
export function isCovered(cidr: string, others: readonly string[]): boolean {
  if (others.includes(cidr)) return true;
  const [address = "", bits] = cidr.split("/");
  const family = familyOf(cidr);
  return others.some((other) => {
    const [start = "", otherBits] = other.split("/");
    if (familyOf(other) !== family || Number(otherBits) > Number(bits)) return false;
    const range = new BlockList();
    range.addSubnet(start, Number(otherBits), family);
    return range.check(address, family);
  });
}

function familyOf(cidr: string): "ipv4" | "ipv6" {
  return cidr.includes(":") ? "ipv6" : "ipv4";
}
