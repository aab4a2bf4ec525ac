import { text, type JsonObject } from "../../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { isSet } from "../values";
import { invalidCombination, invalid } from "./invalid";

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

/** Sizes of a subnet's CIDR blocks. */
export const subnets: DocumentCheck = {
  service: "ec2",
  operations: ["CreateSubnet"],
  source: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
  check: (input) => firstRefusal([ipv4Range, ipv6Range], input),
};

/** The DNS attributes of a VPC, which are changed one after the other. */
export const vpcAttributes: DocumentCheck = {
  service: "ec2",
  operations: ["ModifyVpcAttribute"],
  source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcAttribute.html",
  check: ({ EnableDnsHostnames, EnableDnsSupport }) =>
    isSet(EnableDnsHostnames) && isSet(EnableDnsSupport)
      ? invalidCombination("The parameters enableDnsSupport and enableDnsHostnames cannot be used together")
      : undefined,
};

/** The attributes of a subnet, of which a request changes one. */
export const subnetAttributes: DocumentCheck = {
  service: "ec2",
  operations: ["ModifySubnetAttribute"],
  source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySubnetAttribute.html",
  check: (input) => {
    const changed = Object.keys(input).filter((name) => isAttribute(name) && isSet(input[name]));
    return changed.length > 1
      ? invalidCombination(`The parameters ${changed.join(", ")} cannot be used together`)
      : undefined;
  },
};

/** Peering connections, which connect two VPCs. */
export const peering: DocumentCheck = {
  service: "ec2",
  operations: ["CreateVpcPeeringConnection"],
  source: "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html",
  check: ({ VpcId, PeerVpcId }) =>
    text(VpcId) !== "" && VpcId === PeerVpcId
      ? invalid(`The requester and accepter VPC must be different: ${text(VpcId)}`)
      : undefined,
};

/** `CustomerOwnedIpv4Pool` belongs to an attribute of the same request. */
function isAttribute(name: string): boolean {
  return !["SubnetId", "DryRun", "CustomerOwnedIpv4Pool"].includes(name);
}

function ipv4Range({ CidrBlock }: JsonObject): Refusal | undefined {
  return outOfRange(text(CidrBlock), "InvalidSubnet.Range");
}

// https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html#subnet-sizing-ipv6
function ipv6Range({ Ipv6CidrBlock, Ipv6IpamPoolId }: JsonObject): Refusal | undefined {
  const [, bits] = /\/(\d+)$/.exec(text(Ipv6CidrBlock)) ?? [];
  if (bits === undefined || isSet(Ipv6IpamPoolId)) return undefined;
  const isPossible = Number(bits) >= 44 && Number(bits) <= 64 && Number(bits) % 4 === 0;
  return isPossible
    ? undefined
    : { code: "InvalidSubnet.Range", message: `The CIDR '${text(Ipv6CidrBlock)}' is invalid.` };
}

function outOfRange(block: string, code: string): Refusal | undefined {
  const [, bits] = /^\d+\.\d+\.\d+\.\d+\/(\d+)$/.exec(block) ?? [];
  return bits === undefined || (Number(bits) >= 16 && Number(bits) <= 28)
    ? undefined
    : { code, message: `The CIDR '${block}' is invalid.` };
}
