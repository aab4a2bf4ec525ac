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
  const number = numberOf(address);
  return `${textOf(number - (number % size))}/${bits}`;
}

/**
 * The last address of a canonical block that is not used: the last of all is reserved, as the first four are.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 */
export function lastFreeAddress(block: string, used: ReadonlySet<string>): string | undefined {
  const [, address = "", length = ""] = /^([\d.]+)\/(\d+)$/.exec(block) ?? [];
  if (!isIPv4(address)) return undefined;
  const first = numberOf(address);
  for (let number = first + 2 ** (32 - Number(length)) - 2; number >= first + 4; number -= 1) {
    if (!used.has(textOf(number))) return textOf(number);
  }
  return undefined;
}

function numberOf(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

function textOf(number: number): string {
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join(".");
}
