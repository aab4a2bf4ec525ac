import { Address4, Address6 } from "ip-address";
import { z } from "zod";

/** A CIDR block. `problemOf` returns what is wrong with it, or undefined. */
export function cidrBlock(problemOf: (value: string) => string | undefined) {
  return z.string("must be a string; write a CIDR block").superRefine((value, context) => {
    const message = problemOf(value);
    if (message !== undefined) context.addIssue({ code: "custom", input: value, message });
  });
}

/** An IPv4 CIDR block, or undefined for any other text. */
export function parseIpv4Block(value: string): Address4 | undefined {
  return /^\d+(\.\d+){3}\/\d+$/.test(value) && Address4.isValid(value) ? new Address4(value) : undefined;
}

/** An IPv6 CIDR block, or undefined for any other text. */
export function parseIpv6Block(value: string): Address6 | undefined {
  return /\/\d+$/.test(value) && !Address4.isValid(value) && Address6.isValid(value) ? new Address6(value) : undefined;
}

/** AWS rejects a block whose address is not the first one of its range. */
export function hostBitsProblem(block: Address4 | Address6): string | undefined {
  const start = block.startAddress().correctForm();
  if (start === block.correctForm()) return undefined;
  return `must not contain host bits; use "${start}/${block.subnetMask}"`;
}
