import { objects, text, type JsonObject } from "../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "./document";
import { numberOf } from "./values";

/** Name and description of a security group. */
export const securityGroups: DocumentCheck = {
  service: "ec2",
  operations: ["CreateSecurityGroup"],
  source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html",
  check: ({ GroupName, Description }) => {
    if (text(GroupName).startsWith("sg-")) {
      return invalid("Invalid group name. Group names may not be in the format sg-*");
    }
    if (!isText(text(GroupName))) return invalid(`Invalid security group name. Valid names are ${validText}`);
    return isText(text(Description))
      ? undefined
      : invalid(`Invalid security group description. Valid descriptions are ${validText}`);
  },
};

/** Ports and descriptions of the rules of a security group. */
export const securityGroupRules: DocumentCheck = {
  service: "ec2",
  operations: ["AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress"],
  source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html",
  check: ({ IpPermissions }) =>
    objects(IpPermissions)
      .map((permission) => firstRefusal([ports, descriptions], permission))
      .find((refusal) => refusal !== undefined),
};

/**
 * Sizes of a VPC's CIDR blocks. Host bits in them are not refused: EC2 sets them to zero, as in those of subnets and in the
 * rules of security groups.
 */
export const networks: DocumentCheck = {
  service: "ec2",
  operations: ["CreateVpc", "AssociateVpcCidrBlock"],
  source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
  check: ({ CidrBlock }) => outOfRange(text(CidrBlock), "InvalidVpc.Range"),
};

/** Sizes of a subnet's CIDR block. */
export const subnets: DocumentCheck = {
  service: "ec2",
  operations: ["CreateSubnet"],
  source: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
  check: ({ CidrBlock }) => outOfRange(text(CidrBlock), "InvalidSubnet.Range"),
};

const validText = "strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*";

function isText(value: string): boolean {
  return /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{0,255}$/.test(value);
}

function invalid(message: string): Refusal {
  return { code: "InvalidParameterValue", message };
}

function outOfRange(block: string, code: string): Refusal | undefined {
  const [, bits] = /^\d+\.\d+\.\d+\.\d+\/(\d+)$/.exec(block) ?? [];
  return bits === undefined || (Number(bits) >= 16 && Number(bits) <= 28)
    ? undefined
    : { code, message: `The CIDR '${block}' is invalid.` };
}

function ports({ IpProtocol, FromPort, ToPort }: JsonObject): Refusal | undefined {
  const protocol = text(IpProtocol).toLowerCase();
  if (!["tcp", "udp", "6", "17"].includes(protocol)) return undefined;
  const [from, to] = [numberOf(FromPort), numberOf(ToPort)];
  if (from === undefined || to === undefined) {
    return invalid("Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.");
  }
  const outside = [from, to].find((port) => port < 0 || port > 65535);
  // Both -1 are all ports.
  if (outside !== undefined && !(from === -1 && to === -1)) {
    return { code: "InvalidPermission.Malformed", message: `TCP/UDP port (${outside}) out of range` };
  }
  return from > to ? invalid(`Invalid TCP/UDP port range (${from}-${to})`) : undefined;
}

function descriptions(permission: JsonObject): Refusal | undefined {
  const all = ["IpRanges", "Ipv6Ranges", "PrefixListIds", "UserIdGroupPairs"].flatMap((name) =>
    objects(permission[name]),
  );
  return all.every(({ Description }) => isText(text(Description)))
    ? undefined
    : invalid(`Invalid rule description. Valid descriptions are ${validText}`);
}
