import { z } from "zod";
import { cidrBlock, hostBitsProblem, parseIpv4Block } from "./cidr";
import { matching, variants, retentionDays, withoutDuplicates } from "./primitives";

/** The widest range that may connect by SSH: 65,536 addresses. */
const widestPrefix = 16;

const host = {
  /** EC2 instance type with an ARM processor, as the AMI is built for ARM. @default "t4g.nano" */
  instanceType: matching(
    /^[a-z]+\d+g[a-z]*\.[a-z0-9]+$/,
    'must be an EC2 instance type with an ARM processor; write one such as "t4g.nano"',
  ).default("t4g.nano"),
};

/** An EC2 instance through which operators reach the databases of a stage. */
export const bastion = z.discriminatedUnion(
  "access",
  [
    z.strictObject({
      /** Session Manager, which needs no open port; the sessions are logged. */
      access: z.literal("ssm"),
      ...host,
      /** Retention of the session log, in days. @default 365 */
      sessionLogRetentionDays: retentionDays.default(365),
    }),
    z.strictObject({
      /** SSH through an EC2 Instance Connect Endpoint; IAM decides who may open a tunnel. */
      access: z.literal("instance-connect"),
      ...host,
    }),
    z.strictObject({
      /** SSH from the internet, from listed ranges only. */
      access: z.literal("ssh"),
      ...host,
      /** IPv4 ranges that may connect, /16 or narrower. */
      cidrs: z
        .array(cidrBlock(cidrProblem))
        .min(1, 'must not be empty; write a range such as "198.51.100.0/24", or access: "ssm"')
        .refine(...withoutDuplicates("range")),
      /** Public key that may sign in, as in the .pub file of `ssh-keygen -t ed25519`. */
      publicKey: matching(
        /^(ssh-ed25519|ssh-rsa) [A-Za-z0-9+/]+={0,2}( [\w.@-]+)?$/,
        "must be a public SSH key; write the one line of the .pub file",
      ),
    }),
  ],
  variants("access", "ssm", "instance-connect", "ssh"),
);

export type Bastion = z.output<typeof bastion>;

function cidrProblem(value: string): string | undefined {
  const block = parseIpv4Block(value);
  if (block === undefined) return 'must be an IPv4 CIDR block; write one such as "198.51.100.0/24"';
  if (block.subnetMask >= widestPrefix) return hostBitsProblem(block);
  return (
    hostBitsProblem(block) ??
    `must not be wider than /${widestPrefix}; write ranges of /${widestPrefix} or narrower, or access: "ssm"`
  );
}
