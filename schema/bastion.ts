import { Address4 } from "ip-address";
import { z } from "zod";
import { matching, retentionDays } from "./primitives";

/** The widest range of addresses that may try to sign in: 65,536 of them. */
const widestPrefix = 16;

const host = {
  /** Type for ARM, for the image is. @default "t4g.nano" */
  instanceType: matching(
    /^[a-z]+\d+g[a-z]*\.[a-z0-9]+$/,
    'is no type of EC2 for ARM; write one such as "t4g.nano"',
  ).default("t4g.nano"),
};

const cidr = z.string("is no text; write a CIDR block").superRefine((value, context) => {
  const message = cidrProblem(value);
  if (message !== undefined) context.addIssue({ code: "custom", input: value, message });
});

/** A small server by which people reach the databases of a stage. */
export const bastion = z.discriminatedUnion(
  "access",
  [
    z.strictObject({
      /** Sessions of Systems Manager, which nothing needs to be let in for; what is typed is logged. */
      access: z.literal("ssm"),
      ...host,
      /** Retention of the log of sessions, in days. @default 365 */
      sessionLogRetentionDays: retentionDays.default(365),
    }),
    z.strictObject({
      /** SSH through an endpoint of EC2 Instance Connect, for who may open a tunnel by IAM. */
      access: z.literal("instance-connect"),
      ...host,
    }),
    z.strictObject({
      /** SSH from the internet, from named ranges only. */
      access: z.literal("ssh"),
      ...host,
      /** Ranges that may try to sign in, /16 or narrower. */
      cidrs: z
        .array(cidr)
        .min(1, 'is empty; write a range such as "198.51.100.0/24", or access: "ssm"')
        .refine((all) => new Set(all).size === all.length, "names a range twice; write each once"),
      /** Key that may sign in, as `ssh-keygen -t ed25519` writes it into its .pub file. */
      publicKey: matching(
        /^(ssh-ed25519|ssh-rsa) [A-Za-z0-9+/]+={0,2}( [\w.@-]+)?$/,
        "is no public key of SSH; write the one line of the .pub file",
      ),
    }),
  ],
  'is no access; write "ssm", "instance-connect" or "ssh"',
);

export type Bastion = z.output<typeof bastion>;

function cidrProblem(value: string): string | undefined {
  if (!/\/\d+$/.test(value) || !Address4.isValid(value)) {
    return 'is no IPv4 CIDR block; write one such as "198.51.100.0/24"';
  }
  const block = new Address4(value);
  const start = block.startAddress().correctForm();
  if (block.correctForm() !== start) return `has host bits; write "${start}/${block.subnetMask}"`;
  if (block.subnetMask >= widestPrefix) return undefined;
  return `lets too many try; write ranges of /${widestPrefix} or narrower, or access: "ssm"`;
}
