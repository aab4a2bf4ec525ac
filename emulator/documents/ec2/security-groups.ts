import { objects, text, type JsonObject } from "../../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { isOutside, isSet, numberOf } from "../values";
import { invalid, missing } from "./invalid";

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
  check: (input) =>
    empty(input) ??
    objects(input.IpPermissions)
      .map((permission) => firstRefusal([protocol, ports, sources, descriptions], permission))
      .find((refusal) => refusal !== undefined),
};

const validText = "strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*";

function isText(value: string): boolean {
  return /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{0,255}$/.test(value);
}

function empty({ IpPermissions, CidrIp, SourceSecurityGroupName, IpProtocol }: JsonObject): Refusal | undefined {
  const isWritten = [CidrIp, SourceSecurityGroupName, IpProtocol].some(isSet);
  return objects(IpPermissions).length === 0 && !isWritten
    ? missing("The request must contain the parameter ipPermissions")
    : undefined;
}

// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
function protocol({ IpProtocol }: JsonObject): Refusal | undefined {
  const written = text(IpProtocol).toLowerCase();
  const isKnown = ["", "-1", "all", "tcp", "udp", "icmp", "icmpv6"].includes(written) || /^\d{1,3}$/.test(written);
  return isKnown && !isOutside(written, -1, 255)
    ? undefined
    : invalid(`Invalid value '${text(IpProtocol)}' for IP protocol. Unknown protocol.`);
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

/** A rule without a source is taken by the API model, but makes nothing. */
function sources(permission: JsonObject): Refusal | undefined {
  return rangesOf(permission).length === 0
    ? missing("A CIDR block, a security group ID or a prefix list has to be specified")
    : undefined;
}

function descriptions(permission: JsonObject): Refusal | undefined {
  return rangesOf(permission).every(({ Description }) => isText(text(Description)))
    ? undefined
    : invalid(`Invalid rule description. Valid descriptions are ${validText}`);
}

function rangesOf(permission: JsonObject): readonly JsonObject[] {
  return ["IpRanges", "Ipv6Ranges", "PrefixListIds", "UserIdGroupPairs"].flatMap((name) => objects(permission[name]));
}
