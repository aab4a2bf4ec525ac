import { isIPv4 } from "node:net";

/**
 * An IPv4 CIDR block with its host bits set to zero: `10.20.0.0/16` of `10.20.1.1/16`. Anything else is unchanged.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html
 */
export function canonicalBlock(block: string): string {
  const [, address = "", length = ""] = /^([\d.]+)\/(\d+)$/.exec(block) ?? [];
  const bits = Number(length);
  if (!isIPv4(address) || length === "" || bits > 32) return block;
  const size = 2 ** (32 - bits);
  const number = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const first = number - (number % size);
  return `${[24, 16, 8, 0].map((shift) => (first >>> shift) & 255).join(".")}/${bits}`;
}
