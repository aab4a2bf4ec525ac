import { Address4, Address6 } from "ip-address";
import { z } from "zod";
import { integer, matching, retentionDays } from "./primitives";

const mode = z.enum(["block", "count", "off"], 'is no mode; write "block", "count" or "off"');

/** A group of rules that AWS maintains. */
const managedGroup = z
  .strictObject({
    /** `count` measures without blocking. @default "block" */
    mode: mode.default("block"),
    /** Rules of the group that only count, such as `SizeRestrictions_BODY`, which blocks bodies above 8 KB. @default [] */
    countedRules: z
      .array(matching(/^\w{1,128}$/, 'is no name of a rule; write one such as "SizeRestrictions_BODY"'))
      .default([]),
  })
  .prefault({});

const cidrs = z
  .array(
    z.string("is no text; write a CIDR block").superRefine((value, context) => {
      const problem = cidrProblem(value);
      if (problem !== undefined) context.addIssue(problem);
    }),
  )
  .refine((all) => new Set(all).size === all.length, "names a range twice; write each once")
  .default([]);

/** AWS WAF in front of a REST API or an ALB. */
export const waf = z.strictObject({
  /** https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html */
  common: managedGroup,
  knownBadInputs: managedGroup,
  sqlInjection: managedGroup,
  ipReputation: managedGroup,
  /** Requests that one address may make in five minutes. @default 2000 */
  requestsPerFiveMinutes: integer(10, 2000000000).default(2000),
  /** Ranges that no other rule looks at, IPv4 or IPv6. @default [] */
  allowedCidrs: cidrs,
  /** Ranges that are always blocked, IPv4 or IPv6. @default [] */
  blockedCidrs: cidrs,
  /** Headers that the log leaves out, beside `authorization` and `cookie`. @default [] */
  redactedHeaders: z
    .array(matching(/^[a-z0-9-]{1,40}$/, "is no name of a header; write one in lower case"))
    .default([]),
  /** Retention of the log, in days. @default 14 */
  logRetentionDays: retentionDays.default(14),
});

export type Waf = z.output<typeof waf>;

/** Address family of a range, or undefined for what is none. */
export function addressFamily(cidr: string): "IPV4" | "IPV6" | undefined {
  if (!/\/\d+$/.test(cidr)) return undefined;
  if (Address4.isValid(cidr)) return "IPV4";
  return Address6.isValid(cidr) ? "IPV6" : undefined;
}

function cidrProblem(value: string): string | undefined {
  const family = addressFamily(value);
  if (family === undefined) return 'is no CIDR block; write one such as "198.51.100.0/24" or "2001:db8::/32"';
  const block = family === "IPV4" ? new Address4(value) : new Address6(value);
  if (block.subnetMask === 0) return "is everybody, which WAF does not accept; write the range you mean";
  const start = block.startAddress().correctForm();
  return start === block.correctForm() ? undefined : `has host bits; write "${start}/${block.subnetMask}"`;
}
