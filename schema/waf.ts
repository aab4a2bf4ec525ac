import { z } from "zod";
import { cidrBlock, hostBitsProblem, parseIpv4Block, parseIpv6Block } from "./cidr";
import { choice, integer, matching, retentionDays, withoutDuplicates } from "./primitives";

/** An AWS managed rule group. */
const managedGroup = z
  .strictObject({
    /** `count` counts matching requests without blocking them. @default "block" */
    mode: choice("block", "count", "off").default("block"),
    /**
     * Rules of the group whose action is overridden to count, such as `SizeRestrictions_BODY`, which blocks bodies above
     * 8 KB. @default []
     */
    countedRules: z
      .array(matching(/^\w{1,128}$/, 'must be the name of a rule; write one such as "SizeRestrictions_BODY"'))
      .default([]),
  })
  .prefault({});

const cidrs = z
  .array(cidrBlock(cidrProblem))
  .refine(...withoutDuplicates("range"))
  .default([]);

/** AWS WAF in front of a REST API or an ALB. */
export const waf = z.strictObject({
  /** https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html */
  common: managedGroup,
  knownBadInputs: managedGroup,
  sqlInjection: managedGroup,
  ipReputation: managedGroup,
  /** Requests that one IP address may send in five minutes. @default 2000 */
  requestsPerFiveMinutes: integer(10, 2000000000).default(2000),
  /** Ranges that bypass all other rules, IPv4 or IPv6. @default [] */
  allowedCidrs: cidrs,
  /** Ranges that are always blocked, IPv4 or IPv6. @default [] */
  blockedCidrs: cidrs,
  /** Headers that are redacted from the log, beside `authorization` and `cookie`. @default [] */
  redactedHeaders: z
    .array(matching(/^[a-z0-9-]{1,40}$/, "must be the name of a header; write one in lower case"))
    .default([]),
  /** Retention of the log, in days. @default 14 */
  logRetentionDays: retentionDays.default(14),
});

export type Waf = z.output<typeof waf>;

/** Address family of a CIDR block as WAF names it, or undefined for any other text. */
export function addressFamily(cidr: string): "IPV4" | "IPV6" | undefined {
  if (parseIpv4Block(cidr) !== undefined) return "IPV4";
  return parseIpv6Block(cidr) === undefined ? undefined : "IPV6";
}

function cidrProblem(value: string): string | undefined {
  const block = parseIpv4Block(value) ?? parseIpv6Block(value);
  if (block === undefined) return 'must be a CIDR block; write one such as "198.51.100.0/24" or "2001:db8::/32"';
  if (block.subnetMask === 0) return "must not be /0, which WAF does not accept; write a narrower range";
  return hostBitsProblem(block);
}
